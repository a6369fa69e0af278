// The journal on the local disk, in one SQLite database.
//
// Two threads of its own. The writer takes what the loop hands over and commits it at once: batches
// that arrive while one is being written share the next transaction, so the delay is one commit
// (13/50 µs at p50/p99, stack.md 6c) and not a timer. The syncer makes commits durable against a
// power cut every sync_interval by a checkpoint on a connection of its own, so that no commit waits
// for fsync.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "store/journal.h"

namespace store {

struct SqliteJournalOptions {
  // Hand-overs that may wait for the writer. One per turn of the loop: at 1,000 turns a second this
  // is four seconds of a disk that hangs.
  std::size_t inbox_items = 4096;
  // What may wait in memory while writing fails. More than this is given up for a new snapshot.
  std::size_t waiting_records = 20'000;
  std::size_t waiting_bytes = std::size_t{64} << 20;
  // How long a power cut may reach back; also how often a failed write is tried again.
  std::chrono::milliseconds sync_interval{500};
  // Highest size of the database in pages of 4 KiB; 0 means as large as the disk allows.
  std::uint32_t pages_max = 0;
  // With less than this free on its disk nothing is written, but by flush(): the last snapshot of a
  // server that ends is what the reserve is for. 0: all of the disk may be used.
  std::uint64_t free_bytes_min = 0;
  // The loop has gone on without this journal, so that records are missing in it: nothing is
  // written before a snapshot closes the gap.
  bool lacks_records = false;
};

class SqliteJournal : public Journal {
  class Threads;

 public:
  // Opens or makes the database at `path`, its directory too. Fails when another process has it,
  // when it cannot be made, or when a newer program made it; a damaged one is set aside instead.
  static base::Result<std::unique_ptr<SqliteJournal>> open(const std::string& path,
                                                           const SqliteJournalOptions& options,
                                                           JournalCallbacks callbacks);
  SqliteJournal(std::unique_ptr<Threads> threads, Recovered recovered);  // For open().
  // Writes what was handed over, as flush() does, and ends the threads.
  ~SqliteJournal() override;

  Recovered take_recovered() override;
  void append(std::vector<JournalRecord> records) override;
  void save_snapshot(Snapshot snapshot) override;
  void announce_snapshot(std::uint64_t number) override;
  void deliver_snapshot(Snapshot snapshot) override;
  void set_value(std::string key, std::string text) override;
  base::Result<void> flush() override;

 private:
  Recovered recovered_;
  std::unique_ptr<Threads> threads_;
};

}  // namespace store
