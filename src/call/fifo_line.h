// Lines of the application fifo: who waits in them and who serves them (spec/11 §5).
//
// Data only; fifo.h decides by it. They have nothing to do with the queues of callcenter.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "base/archive.h"
#include "base/ids.h"
#include "base/time.h"

namespace call {

// A caller in line (`fifo NAME in`).
struct InFifo {
  static constexpr std::string_view kName = "InFifo";
  std::string line;
  std::int64_t priority = 0;  // Lower first.
  base::Instant since;
  std::string music;         // Empty: silence.
  std::string announcement;  // When its turn has come.
  std::vector<std::string> chimes;
  std::uint64_t next_chime = 0;
  base::Duration chime_every{0};
  std::optional<base::Instant> chime_at;
  std::optional<base::Instant> orbit_at;  // When it goes elsewhere.
  std::string orbit_extension;
  base::PlaybackId sound;  // The announcement or the chime that plays.
  base::LegId consumer;    // Who takes the call once the announcement has been heard.
};

// Somebody who takes calls out of lines (`fifo NAME out`).
struct ServesFifo {
  static constexpr std::string_view kName = "ServesFifo";
  enum class Phase { Waiting, Meeting, Talking, Resting };
  enum class Stays { OneCall, ForEver };  // nowait, wait
  std::vector<std::string> lines;
  Stays stays = Stays::ForEver;
  Phase phase = Phase::Waiting;
  base::Instant since;
  std::string music;
  std::string announcement;
  base::PlaybackId sound;  // The announcement that plays.
  base::LegId caller;      // From the meeting to the end of the conversation.
};

struct FifoLine {
  std::int64_t importance = 0;  // A consumer of several lines serves the highest first.
  // Not saved: the legs say it.
  std::set<std::tuple<std::int64_t, base::Instant, base::LegId>> callers;
  std::set<std::pair<base::Instant, base::LegId>> consumers;  // Those that wait.
};

using FifoLines = std::map<std::string, FifoLine, std::less<>>;

void describe(base::Archive& archive, InFifo& running);
void describe(base::Archive& archive, ServesFifo& running);
void describe(base::Archive& archive, FifoLine& line);

}  // namespace call
