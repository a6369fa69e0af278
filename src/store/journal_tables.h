// What the journal's tables hold, and how a state is put together from them.
//
//   records    number, instant_ms, body, checksum    the inputs
//   snapshots  the same                              at most two
//   entries    key, text                             named values, the number of starts
//
// Belongs to one thread, as its Database does.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>

#include "store/database.h"
#include "store/journal.h"

namespace store {

class JournalTables {
 public:
  // Makes the tables if the file is new and prepares the statements. Fails with Damaged when the
  // file contradicts itself, and with Other when it is not ours or newer than this program.
  static DatabaseResult<JournalTables> open(Database database);

  // Reads all, and leaves out what does not fit: a record whose checksum is wrong, and what follows
  // a missing one. Each such finding is a warning in the result.
  DatabaseResult<Recovered> load();
  // Removes what load() left out, so that new records can take their numbers.
  DatabaseResult<void> cut_after(const Recovered& recovered);

  // Writes in one transaction.
  DatabaseResult<void> write(std::span<const JournalRecord> records,
                             const std::map<std::string, std::string>& values);
  // Adds a snapshot and removes all but it and the newest before it.
  DatabaseResult<void> write_snapshot(const Snapshot& snapshot);
  // Removes some of the records that the older snapshot makes needless: few enough to keep the next
  // batch from waiting. Returns: false when none was left to remove.
  DatabaseResult<bool> prune();

  Database& database() { return database_; }

 private:
  explicit JournalTables(Database database);

  DatabaseResult<void> prepare();
  DatabaseResult<void> load_snapshots(Recovered& out);
  DatabaseResult<std::vector<JournalRecord>> load_run(std::uint64_t after, std::uint64_t last,
                                                      std::vector<std::string>& warnings);
  DatabaseResult<void> load_values(Recovered& out);
  DatabaseResult<void> write_inside(std::span<const JournalRecord> records,
                                    const std::map<std::string, std::string>& values);
  DatabaseResult<void> write_snapshot_inside(const Snapshot& snapshot);

  Database database_;
  Statement begin_;
  Statement commit_;
  Statement insert_record_;
  Statement insert_snapshot_;
  Statement insert_value_;
  Statement drop_snapshots_;
  Statement drop_records_;
};

}  // namespace store
