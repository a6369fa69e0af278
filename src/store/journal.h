// The journal: what the core was given, in order, so that its state survives the process.
//
// Records are inputs as the caller encoded them; a snapshot is the whole state after the record of
// its number. State = newest snapshot + the records after it. The journal does not know what the
// bodies mean.
//
// Threads: all belongs to one thread, the loop, but deliver_snapshot(), which any may call. Only
// flush() waits for a disk: the others hand over, and the callbacks say, from the journal's own
// thread, what became of it.
//
// When writing fails, records wait in memory (bounded) and are written, in order, as soon as it
// works again; what is on disk is at every instant the beginning of the history without a gap. When
// too many wait, they are given up: from then on nothing is written before a new snapshot closes
// the gap. failed() says so in either case, and the loop goes unprotected until saved() (design.md
// §3).
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"

namespace store {

struct JournalRecord {
  std::uint64_t number = 0;  // 1, 2, 3 … without gaps.
  std::int64_t instant_ms = 0;
  std::string body;
};

// The state after the record `number` and before the next.
struct Snapshot {
  std::uint64_t number = 0;
  std::int64_t instant_ms = 0;
  std::string body;
};

// What a start finds.
struct Recovered {
  std::optional<Snapshot> snapshot;
  std::vector<JournalRecord> tail;  // The records after the snapshot, or from 1 when there is none.

  // The snapshot before the newest with the records that lead from it to the newest, for a caller
  // who cannot read the newest. Absent when there is none or when those records have a gap.
  std::optional<Snapshot> older_snapshot;
  std::vector<JournalRecord> between;

  std::uint64_t start_number = 0;             // Counts starts on these files; the first is 1.
  std::map<std::string, std::string> values;  // What set_value() left.
  std::vector<std::string> warnings;          // For the operator: what was damaged or set aside.

  // The number after which the next record must follow.
  std::uint64_t last_number() const {
    if (!tail.empty()) return tail.back().number;
    return snapshot.has_value() ? snapshot->number : 0;
  }
};

// Called from the journal's thread, one at a time. They must not call the journal.
struct JournalCallbacks {
  // All records up to this number survive the death of the process. Numbers only rise.
  std::function<void(std::uint64_t number)> acknowledged = [](std::uint64_t) {};
  // A snapshot of this number is kept, and what was appended after it is written again.
  std::function<void(std::uint64_t number)> saved = [](std::uint64_t) {};
  // Something could not be written; `number` is the last that is safe. A snapshot that was handed
  // over before may be given up with it: only a new one is sure to bring saved().
  std::function<void(const std::string& reason, std::uint64_t number)> failed =
      [](const std::string&, std::uint64_t) {};
};

class Journal {
 public:
  Journal() = default;
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;
  virtual ~Journal() = default;

  // What was found when the journal was opened; an empty one the second time.
  virtual Recovered take_recovered() = 0;

  // Requires: numbers follow each other without a gap, from Recovered::last_number() + 1 on.
  virtual void append(std::vector<JournalRecord> records) = 0;
  // Keeps this and the snapshot before it; all older ones and the records they make needless go.
  // It is written between batches and may take some turns; when the next comes before that, it is
  // finished first, but of several that come meanwhile only the last is written.
  // Requires: every record up to snapshot.number was appended before, none after it.
  virtual void save_snapshot(Snapshot snapshot) = 0;
  // The same in two steps, for a state that takes time to be written down: what is appended between
  // them comes after the snapshot. One that something newer has overtaken is dropped, and so is one
  // from before a gap.
  // Requires: as save_snapshot(), at the announcement; what is delivered was announced.
  virtual void announce_snapshot(std::uint64_t number) = 0;
  virtual void deliver_snapshot(Snapshot snapshot) = 0;
  // Small facts that are not history (the clock's anchor, say). The last value wins.
  // Requires: the key does not begin with "journal.".
  virtual void set_value(std::string key, std::string text) = 0;

  // Waits until all that was handed over is on the disk itself. Returns: why something is not.
  virtual base::Result<void> flush() = 0;
};

}  // namespace store
