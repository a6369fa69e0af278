// What a journal tells, once more: its inputs applied one by one to a core, for people to look at.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "core/core.h"
#include "store/journal.h"

namespace app {

// The journals that tell of a server, the oldest first: of a data directory all that it has kept.
std::vector<std::filesystem::path> journals_of(const std::filesystem::path& path);

class History {
 public:
  // A journal, or the data directory of one. Begins at the older of its snapshots.
  static base::Result<History> read(const std::filesystem::path& journal);

  struct Step {
    std::uint64_t number = 0;
    base::Instant at{};
    core::Input input;
    core::Commands commands;
  };
  // Applies the next record. Returns: nullopt after the last; why a record cannot be read.
  base::Result<std::optional<Step>> next();

  // The state after the last step.
  core::Core& core() { return core_; }
  base::Instant now() const { return now_; }
  std::uint64_t number() const { return number_; }
  // Of the state's instants, in Unix milliseconds: tells one state from another.
  std::int64_t origin() const { return origin_; }
  // What the server wrote down as its state at this record; nullptr: nothing.
  const store::Snapshot* snapshot_here() const;

  // Wall clock, of the machine's zone: "2026-11-22 18:04:05.123".
  static std::string time_text(const core::Core& core, base::Instant at);

 private:
  core::Core core_;
  std::vector<store::JournalRecord> records_;
  std::size_t read_ = 0;
  std::optional<store::Snapshot> newer_;
  std::uint64_t number_ = 0;
  base::Instant now_{};
  std::int64_t origin_ = 0;
};

}  // namespace app
