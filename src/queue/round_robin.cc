// Strategy round-robin: those behind the agent that the queue asked last, in its level; then from
// the top (spec/03 §5, spec/10 #40).
#include "queue/strategy.h"

namespace queue {
namespace {

// Nothing is behind the last number, where one more would be less.
std::optional<Stretch> rest_of_the_level(const Queue& queue, const Member&) {
  if (!queue.last_asked) return std::nullopt;
  const auto [level, position, offered_at] = queue.last_asked->rank;
  constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();
  if (position == kMax) return std::nullopt;
  Stretch rest;
  rest.from = {{level, position + 1, kRankMin}, {}};
  if (level < kMax) rest.to = {{level + 1, kRankMin, kRankMin}, {}};
  return rest;
}

}  // namespace

const Strategy kRoundRobin{.name = "round-robin",
                           .rank = by_position_and_last_offer,
                           .beginning = rest_of_the_level,
                           .rules_follow = Strategy::RulesFollow::Scan};

}  // namespace queue
