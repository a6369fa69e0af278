#include "queue/strategy.h"

#include <array>

#include "base/text.h"

namespace queue {
namespace {

constexpr std::array<const Strategy*, 10> kStrategies{
    &kRingAll,
    &kRingProgressively,
    &kLongestIdleAgent,
    &kRoundRobin,
    &kTopDown,
    &kAgentWithLeastTalkTime,
    &kAgentWithFewestCalls,
    &kSequentiallyByAgentOrder,
    &kSequentiallyByNextAgentOrder,
    &kRandom,
};

}  // namespace

const Strategy* find_strategy(std::string_view text) {
  for (const Strategy* strategy : kStrategies) {
    if (base::equal_ignoring_case(strategy->name, text)) return strategy;
  }
  return nullptr;
}

std::span<const Strategy* const> strategies() {
  return kStrategies;
}

const Strategy& strategy_of(const Queue& queue) {
  const Strategy* strategy = find_strategy(queue.settings.strategy);
  return strategy == nullptr ? kSequentiallyByAgentOrder : *strategy;
}

}  // namespace queue
