#include "queue/agent_choice.h"

#include <set>

#include "queue/roster.h"
#include "queue/strategy.h"
#include "queue/tier_rules.h"

namespace queue {
namespace {

// One member's look at the ready agents of its queue.
struct View {
  const State& state;
  const Queue& queue;
  const Member& member;
  base::Duration waited;
};

bool had_its_turn(const View& view, const AgentPlace& place) {
  const auto& last = view.member.last_asked;
  return last && place.rank.level == last->rank.level && place.rank.first == last->rank.first &&
         view.member.asked_there.contains(place.agent);
}

// The levels of the order ascend, so the first closed one ends it.
std::optional<AgentPlace> first_in(const View& view, const Stretch& stretch, const TierRules& rules,
                                   bool once_a_round) {
  const AgentOrder::Places& ready = view.state.ready.in(view.queue.id);
  std::optional<AgentPlace> best;
  std::uint64_t best_failure = 0;
  for (auto place = ready.lower_bound(stretch.from); place != ready.end() && *place < stretch.to;
       ++place) {
    if (best && place->rank != best->rank) break;
    if (rules.wait_for(place->rank.level) > view.waited) break;
    if (is_barred(view.state, place->agent, view.member.id)) continue;
    if (once_a_round && had_its_turn(view, *place)) continue;
    const std::uint64_t failure = failure_rank(view.member, place->agent);
    if (!best || failure < best_failure) {
      best = *place;
      best_failure = failure;
    }
    if (failure == 0) break;
  }
  return best;
}

std::optional<AgentPlace> first_place(const View& view) {
  const Strategy& strategy = strategy_of(view.queue);
  const bool in_rounds = strategy.rules_follow == Strategy::RulesFollow::Round;
  if (strategy.beginning != nullptr) {
    if (const auto stretch = strategy.beginning(view.queue, view.member)) {
      const TierRules rules(view.state, view.queue, view.member);
      if (const auto place = first_in(view, *stretch, rules, in_rounds)) return place;
    }
  }
  return first_in(view, Stretch{}, TierRules(view.state, view.queue), false);
}

View view_of(const State& state, const Member& member, base::Instant now) {
  return {.state = state,
          .queue = state.queues.at(member.queue),
          .member = member,
          .waited = now - member.joined_at};
}

// How many places of a level come before those that a draw must leave out.
std::set<std::size_t> left_out(const View& view, const AgentOrder::Places& ready,
                               std::int64_t level) {
  std::set<std::size_t> orders;
  const auto leave_out = [&](base::AgentId agent) {
    const auto place = ready.find(AgentPlace{{level, 0, 0}, agent});
    if (place != ready.end()) orders.insert(ready.order_of_key(*place));
  };
  for (const auto& [agent, rank] : view.member.failed_with) leave_out(agent);
  // Status changes of the last second: few, whatever the size of the call centre.
  for (const auto& [pair, until] : view.state.not_again_before) {
    if (pair.second == view.member.id) leave_out(pair.first);
  }
  return orders;
}

// Requires: `first` did not fail the member, so at least one agent of its level is not left out.
base::AgentId draw(Turn& turn, const View& view, const AgentPlace& first) {
  const AgentOrder::Places& ready = view.state.ready.in(view.queue.id);
  const std::int64_t level = first.rank.level;
  const std::set<std::size_t> without = left_out(view, ready, level);
  const std::size_t begin = ready.order_of_key(AgentPlace{{level, 0, 0}, {}});
  const std::size_t end =
      ready.order_of_key(AgentPlace{{level, 0, 0}, {std::numeric_limits<std::uint64_t>::max()}});
  std::size_t order = begin + turn.state.random.below(end - begin - without.size());
  for (const std::size_t skipped : without) {
    if (skipped <= order) ++order;
  }
  return ready.find_by_order(order)->agent;
}

}  // namespace

std::optional<base::AgentId> first_choice(const State& state, const Member& member,
                                          base::Instant now) {
  const auto place = first_place(view_of(state, member, now));
  return place ? std::optional(place->agent) : std::nullopt;
}

std::optional<base::AgentId> choose_agent(Turn& turn, const Member& member) {
  const View view = view_of(turn.state, member, turn.now);
  const auto place = first_place(view);
  if (!place) return std::nullopt;
  const bool draws = strategy_of(view.queue).draw == Strategy::Draw::AtRandom &&
                     failure_rank(member, place->agent) == 0;
  return draws ? draw(turn, view, *place) : place->agent;
}

void note_asked(Queue& queue, Member& member, const Tier& tier) {
  const AgentPlace place = roster_place(tier);
  queue.last_asked = place;
  if (strategy_of(queue).rules_follow != Strategy::RulesFollow::Round) {
    member.asked_there.clear();
    member.last_asked = place;
    return;
  }
  const bool same_place = member.last_asked && member.last_asked->rank == place.rank;
  // Asked there a second time: a new round.
  if (!same_place || member.asked_there.contains(tier.agent)) member.asked_there.clear();
  member.asked_there.insert(tier.agent);
  member.last_asked = place;
}

bool is_barred(const State& state, base::AgentId agent, base::MemberId member) {
  return state.not_again_before.contains({agent, member});
}

std::uint64_t failure_rank(const Member& member, base::AgentId agent) {
  const auto found = member.failed_with.find(agent);
  return found == member.failed_with.end() ? 0 : found->second;
}

}  // namespace queue
