// The snapshots' tables: a state is written in parts, so that no batch of records waits for a whole
// one.
//
//   snapshots       id, number, instant_ms, checksum   a snapshot that is complete
//   snapshot_parts  snapshot (its id), part, body      also those of one that is being written
//
// Belongs to one thread, as its Database does.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "store/database.h"
#include "store/journal.h"

namespace store {

class SnapshotTable {
 public:
  // Bytes of a body written in one transaction, one to two milliseconds of work.
  static constexpr std::size_t kPartBytes = 256 << 10;

  // Lifetime: `database` outlives the table. Requires: the tables exist.
  static DatabaseResult<SnapshotTable> open(Database& database);

  // The newest two, newest first. Damaged ones are left out, each with a warning.
  DatabaseResult<std::vector<Snapshot>> load(std::vector<std::string>& warnings);
  // Removes the snapshots that load() left out.
  DatabaseResult<void> drop_damaged();

  // Takes a snapshot to be written with write_part(). Requires: not is_writing().
  void begin(Snapshot snapshot);
  // Forgets the snapshot that is being written, if there is one.
  void abandon();
  bool is_writing() const { return writing_; }
  const Snapshot& current() const { return current_; }
  // Writes the next part. With the last one the snapshot counts, and all but the two newest stop
  // counting. After an error nothing is being written any more.
  // Requires: is_writing(). Returns: whether that was the last part.
  DatabaseResult<bool> write_part();

  // Removes a part that belongs to no snapshot. Returns: false when there is none.
  DatabaseResult<bool> prune();

 private:
  struct Row {
    std::int64_t id;
    Snapshot snapshot;
    std::uint64_t checksum;
  };

  explicit SnapshotTable(Database& database) : database_(&database) {}

  DatabaseResult<void> prepare();
  DatabaseResult<std::vector<Row>> rows();
  DatabaseResult<bool> write_part_inside();

  Database* database_;
  Statement insert_part_;
  Statement insert_snapshot_;
  Statement drop_old_;
  Statement drop_part_;

  std::int64_t next_id_ = 1;
  std::vector<std::int64_t> damaged_;
  Snapshot current_;
  std::size_t written_ = 0;  // Parts of it.
  bool writing_ = false;
};

// FNV-1a over number, instant and body. SQLite notices broken structure, not a flipped bit in a
// text; this does. It guards against damage, not against an attacker.
std::uint64_t checksum(std::uint64_t number, std::int64_t instant_ms, std::string_view body);

}  // namespace store
