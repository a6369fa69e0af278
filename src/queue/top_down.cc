// Strategy top-down: each member is taken down the list, level by level and position by position.
// When nobody is left below who could be asked, its next round starts from the top; peers of one
// position are all reached (spec/03 §5, spec/10 #4).
#include "queue/strategy.h"

namespace queue {
namespace {

// With the peers of the last one's position; member.asked_there says who of them had a turn.
std::optional<Stretch> rest_of_the_round(const Queue&, const Member& member) {
  if (!member.last_asked) return std::nullopt;
  const auto [level, position, unused] = member.last_asked->rank;
  Stretch rest;
  rest.from = {{level, position, kRankMin}, {}};
  return rest;
}

}  // namespace

const Strategy kTopDown{.name = "top-down",
                        .rank = by_position_and_last_offer,
                        .beginning = rest_of_the_round,
                        .rules_follow = Strategy::RulesFollow::Round};

}  // namespace queue
