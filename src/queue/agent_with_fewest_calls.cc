// Strategy agent-with-fewest-calls: who has had the fewest conversations since becoming available
// (spec/03 §5).
#include "queue/strategy.h"

namespace queue {
namespace {

Rank by_calls(const Agent& agent, const Tier& tier) {
  return {.level = tier.level, .first = agent.calls_answered, .second = tier.position};
}

}  // namespace

const Strategy kAgentWithFewestCalls{.name = "agent-with-fewest-calls", .rank = by_calls};

}  // namespace queue
