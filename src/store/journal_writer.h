// Decides what is written when: the journal's rules about failures and gaps, without threads.
//
//            write fails                 too many wait, or a number is missing
//   Writing ────────────▶ Waiting ─────────────────────────────▶ Gap
//      ▲  ◀──────────────    │                                    │
//      │    write succeeds   │ a snapshot is written              │ a snapshot is written
//      └─────────────────────┴────────────────────────────────────┘
//
// A snapshot is written in parts between batches. In a gap the records that come after it, from its
// announcement on, wait for its last part.
//
// Belongs to the writer thread. Callbacks are called from within these functions.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "store/journal.h"
#include "store/journal_tables.h"

namespace store {

class JournalWriter {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  struct Limits {
    std::size_t waiting_records;
    std::size_t waiting_bytes;
    std::chrono::milliseconds retry_interval;
  };

  // Continues after the record `last`; `unsaved` are entries still to be written.
  JournalWriter(JournalTables tables, const Limits& limits, JournalCallbacks callbacks);
  void start_after(std::uint64_t last, std::map<std::string, std::string> unsaved);

  // Take over; nothing is written before write().
  void add(std::vector<JournalRecord> records);
  void set_value(std::string key, std::string text);
  // Records got lost on the way here.
  void note_loss(const std::string& reason);

  // While there is a reason not to, nothing is written, and what comes waits as after a failure; an
  // empty one ends that.
  void forbid(const std::string& reason);

  // Writes what waits. After a failure it does nothing until retry_interval has passed.
  void write(TimePoint now);
  // The same, but tries at once.
  void write_now(TimePoint now);
  // A snapshot of all that was added so far is going to come.
  void expect_snapshot(std::uint64_t number);
  // Takes over a snapshot. It waits for the one that is being written, in place of one that waits.
  // Requires: it was expected.
  void begin_snapshot(Snapshot snapshot);
  // Writes a part of it, if there is one to write, and removes some of what is no longer needed.
  // Returns: false when nothing of this is left to do.
  bool write_part();
  // Begins the write-ahead log anew. Cheap only right after a checkpoint of the other connection.
  void restart_log();

  // Reports a failure that happened elsewhere (a checkpoint).
  void report(const std::string& reason);

  bool has_waiting() const { return !waiting_.empty() || !values_.empty(); }
  // Why something that was handed over is not written; empty when all is.
  std::string trouble() const;
  JournalTables& tables() { return tables_; }

 private:
  enum class State { Writing, Waiting, Gap };

  void fail(State state, const std::string& reason);
  void give_up(const std::string& reason);
  void snapshot_written();

  JournalTables tables_;
  const Limits limits_;
  const JournalCallbacks callbacks_;

  State state_ = State::Writing;
  std::string reason_;      // Of the last failure, while not Writing.
  std::string forbidden_;   // Why nothing may be written; empty: it may.
  TimePoint next_attempt_;  // While Waiting.
  std::uint64_t last_ = 0;  // The last record that is written or covered by a snapshot.
  std::uint64_t next_ = 1;  // The number that must come next from the loop.
  std::vector<JournalRecord> waiting_;
  std::size_t waiting_bytes_ = 0;
  std::map<std::string, std::string> values_;
  std::optional<Snapshot> next_snapshot_;
  std::optional<std::uint64_t> expected_;  // In a gap: the snapshot that is going to close it.
  std::uint64_t newest_snapshot_ = 0;      // Taken over.
  bool prune_ = true;  // Something may be left to prune, from an earlier run as well.
};

}  // namespace store
