// Call records on their way to a database that may be gone: a small database of our own, in which
// each stays until it is there.
//
//   DIR/outbox.db    records that are still to be delivered, and a few facts
//
// What was put survives the death of the process and a power cut. Each thread opens its own; both
// may be used at once.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/database.h"
#include "store/sql_connection.h"

namespace store {

// A row of the table `calls` or `offers` (sql_schema.h).
struct Record {
  std::string table;
  SqlRow row;
};

class RecordOutbox {
 public:
  // What a handle writes survives a power cut at once, or from the next Confirmed write on.
  enum class Writes { Confirmed, Quick };

  // A file that is damaged is set aside, beside itself, and a new one begun.
  static base::Result<RecordOutbox> open(const std::string& path, Writes writes);

  // Puts records whose numbers go on from `first`; those that were put before are left out. `life`
  // tells one count of numbers from another.
  base::Result<void> put(std::string_view life, std::uint64_t first,
                         const std::vector<Record>& records);
  // The number of the last that was put in this life; 0: none.
  base::Result<std::uint64_t> last_put(std::string_view life);

  struct Parcel {
    std::int64_t last = 0;  // For delivered().
    std::vector<Record> records;
  };
  // The oldest, at most `count`.
  base::Result<Parcel> oldest(std::size_t count);
  base::Result<void> delivered(std::int64_t last);
  base::Result<std::int64_t> waiting();

  // A small fact; empty: never set.
  base::Result<std::string> fact(std::string_view name);
  base::Result<void> set_fact(std::string_view name, std::string_view text);

 private:
  explicit RecordOutbox(Database database) : database_(std::move(database)) {}

  Database database_;
};

}  // namespace store
