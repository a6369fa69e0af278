// Strategy sequentially-by-agent-order, and what unknown strategy texts fall back to: by position,
// then whoever was offered a call longest ago (spec/03 §5, spec/10).
#include "queue/strategy.h"

namespace queue {

Rank by_position_and_last_offer(const Agent& agent, const Tier& tier) {
  const std::int64_t offered_at =
      agent.last_offered_call ? base::to_ms(*agent.last_offered_call) : kRankMin;
  return {.level = tier.level, .first = tier.position, .second = offered_at};
}

Rank by_position(const Agent&, const Tier& tier) {
  return {.level = tier.level, .first = tier.position, .second = 0};
}

const Strategy kSequentiallyByAgentOrder{.name = "sequentially-by-agent-order",
                                         .rank = by_position_and_last_offer};

}  // namespace queue
