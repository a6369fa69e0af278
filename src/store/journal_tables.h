// What the journal's tables hold, and how a state is put together from them.
//
//   records    number, instant_ms, body, checksum    the inputs
//   entries    key, text                             named values, the number of starts
//   snapshots and their parts                        see snapshot_table.h
//
// Belongs to one thread, as its Database does.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>

#include "store/database.h"
#include "store/journal.h"
#include "store/snapshot_table.h"

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
  // Removes some of what the older snapshot makes needless: little enough to keep the next batch
  // from waiting. Returns: false when nothing was left to remove.
  DatabaseResult<bool> prune();

  Database& database() { return *database_; }
  SnapshotTable& snapshots() { return snapshots_; }

 private:
  JournalTables(std::unique_ptr<Database> database, SnapshotTable snapshots);

  DatabaseResult<void> prepare();
  DatabaseResult<std::vector<JournalRecord>> load_run(std::uint64_t after, std::uint64_t last,
                                                      std::vector<std::string>& warnings);
  DatabaseResult<void> load_values(Recovered& out);
  DatabaseResult<void> write_inside(std::span<const JournalRecord> records,
                                    const std::map<std::string, std::string>& values);

  std::unique_ptr<Database> database_;  // On the heap, because snapshots_ keeps its address.
  SnapshotTable snapshots_;
  Statement insert_record_;
  Statement insert_value_;
  Statement drop_records_;
};

}  // namespace store
