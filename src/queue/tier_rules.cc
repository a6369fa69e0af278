#include "queue/tier_rules.h"

#include <algorithm>

#include "queue/roster.h"
#include "queue/strategy.h"

namespace queue {
namespace {

// Far above any level that somebody waits for, and far from overflow when multiplied by a day.
constexpr std::int64_t kLevelMax = 100'000;

}  // namespace

TierRules::TierRules(const State& state, const Queue& queue) : settings_(queue.settings) {
  if (!settings_.tier_rules_apply) return;
  const AgentOrder::Places& roster = state.roster.in(queue.id);
  std::optional<std::int64_t> first;
  if (!roster.empty()) first = roster.begin()->rank.level;
  const Strategy& strategy = strategy_of(queue);
  if (strategy.rules_follow == Strategy::RulesFollow::Scan) {
    if (const auto beginning = strategy.beginning(queue, Member{})) {
      const auto row = roster.lower_bound(beginning->from);
      if (row != roster.end() && *row < beginning->to) first = not_before_ = row->rank.level;
    }
  }
  if (settings_.tier_rule_no_agent_no_wait) {
    open_up_to_ = first;
    not_before_.reset();
  }
}

TierRules::TierRules(const State& state, const Queue& queue, const Member& member)
    : TierRules(state, queue) {
  const Strategy& strategy = strategy_of(queue);
  if (!open_up_to_ || strategy.rules_follow != Strategy::RulesFollow::Round) return;
  const auto beginning = strategy.beginning(queue, member);
  if (!beginning) return;
  const AgentOrder::Places& roster = state.roster.in(queue.id);
  for (auto row = roster.lower_bound(beginning->from); row != roster.end(); ++row) {
    if (member.asked_there.contains(row->agent)) continue;
    open_up_to_ = row->rank.level;
    return;
  }
}

base::Duration TierRules::wait_for(std::int64_t level) const {
  if (!settings_.tier_rules_apply) return base::Duration::zero();
  if (open_up_to_ && level <= *open_up_to_) return base::Duration::zero();
  return level_wait(settings_, not_before_ ? std::max(level, *not_before_) : level);
}

base::Duration level_wait(const QueueSettings& settings, std::int64_t level) {
  if (!settings.tier_rules_apply || level <= 0) return base::Duration::zero();
  const std::int64_t times =
      settings.tier_rule_wait_multiply_level ? std::min(level, kLevelMax) : 1;
  return seconds(settings.tier_rule_wait_seconds * times);
}

}  // namespace queue
