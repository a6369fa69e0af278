// Strategy agent-with-least-talk-time: who has talked least since becoming available (spec/03 §5).
#include "queue/strategy.h"

namespace queue {
namespace {

Rank by_talk_time(const Agent& agent, const Tier& tier) {
  return {.level = tier.level, .first = agent.talk_time.count(), .second = tier.position};
}

}  // namespace

const Strategy kAgentWithLeastTalkTime{.name = "agent-with-least-talk-time", .rank = by_talk_time};

}  // namespace queue
