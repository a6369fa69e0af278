// Tier rules: how long a member waits before agents of a level may be asked (spec/03 §4 step A and
// §7).
//
// The rules are kept exactly. What a scan over the agents of a queue decides in the original is
// said here as one waiting time per level: levels up to 0 are open at once; a higher level after
// its wait; and with no-agent-no-wait the level of the first agent that the scan comes to is open
// at once, with all below it. "Agent" is anybody who is not logged out.
#pragma once

#include <cstdint>
#include <optional>

#include "base/time.h"
#include "queue/state.h"

namespace queue {

class TierRules {
 public:
  // Of a member who starts at the top, or of any member where the strategy looks at the queue.
  TierRules(const State& state, const Queue& queue);
  // Of a member in the middle of its round (top-down).
  TierRules(const State& state, const Queue& queue, const Member& member);

  // How long after joining. Never shrinks from one level to the next higher.
  base::Duration wait_for(std::int64_t level) const;

 private:
  const QueueSettings& settings_;
  // Levels up to this one are open at once; none without no-agent-no-wait.
  std::optional<std::int64_t> open_up_to_;
  // No level is open before this one is: where the scan begins, when that is not the top.
  std::optional<std::int64_t> not_before_;
};

// The wait that the settings demand for a level, whoever is there.
base::Duration level_wait(const QueueSettings& settings, std::int64_t level);

}  // namespace queue
