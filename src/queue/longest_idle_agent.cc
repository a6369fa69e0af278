// Strategy longest-idle-agent: whose last conversation ended first; never counts as longest ago
// (spec/03 §5).
#include <limits>

#include "queue/strategy.h"

namespace queue {

Rank longest_idle_agent(const Agent& agent, const Tier& tier) {
  const std::int64_t idle_since = agent.last_bridge_end ? base::to_ms(*agent.last_bridge_end)
                                                        : std::numeric_limits<std::int64_t>::min();
  return {.level = tier.level, .first = idle_since, .second = tier.position};
}

}  // namespace queue
