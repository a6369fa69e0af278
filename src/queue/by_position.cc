// Strategy sequentially-by-agent-order, and what unknown strategy texts fall back to: by position,
// then whoever was offered a call longest ago (spec/03 §5, spec/10).
#include <limits>

#include "queue/strategy.h"

namespace queue {

Rank by_position(const Agent& agent, const Tier& tier) {
  const std::int64_t offered_at = agent.last_offered_call
                                      ? base::to_ms(*agent.last_offered_call)
                                      : std::numeric_limits<std::int64_t>::min();
  return {.level = tier.level, .first = tier.position, .second = offered_at};
}

}  // namespace queue
