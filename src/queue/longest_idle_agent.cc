// Strategy longest-idle-agent: whose last conversation ended first; never counts as longest ago
// (spec/03 §5).
#include "queue/strategy.h"

namespace queue {
namespace {

Rank by_idle_time(const Agent& agent, const Tier& tier) {
  const std::int64_t idle_since =
      agent.last_bridge_end ? base::to_ms(*agent.last_bridge_end) : kRankMin;
  return {.level = tier.level, .first = idle_since, .second = tier.position};
}

}  // namespace

const Strategy kLongestIdleAgent{.name = "longest-idle-agent", .rank = by_idle_time};

}  // namespace queue
