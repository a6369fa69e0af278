#include "sim/fairness.h"

#include <algorithm>
#include <limits>
#include <string>

#include "base/text.h"

namespace sim {
namespace {

using queue::Approach;

bool is_strategy(const queue::Queue& queue, std::string_view name) {
  return base::equal_ignoring_case(queue.settings.strategy, name);
}

std::int64_t ms(const std::optional<base::Instant>& at) {
  return at ? base::to_ms(*at) : std::numeric_limits<std::int64_t>::min();
}

// Spec/03 §5, the table: what follows the level.
std::pair<std::int64_t, std::int64_t> order_of(const queue::Queue& queue, const queue::Agent& agent,
                                               const queue::Tier& tier) {
  if (is_strategy(queue, "longest-idle-agent")) return {ms(agent.last_bridge_end), tier.position};
  if (is_strategy(queue, "agent-with-least-talk-time")) {
    return {agent.talk_time.count(), tier.position};
  }
  if (is_strategy(queue, "agent-with-fewest-calls")) return {agent.calls_answered, tier.position};
  if (is_strategy(queue, "random")) return {0, 0};
  const bool by_position_alone = is_strategy(queue, "ring-all") ||
                                 is_strategy(queue, "ring-progressively") ||
                                 is_strategy(queue, "sequentially-by-next-agent-order");
  return {tier.position, by_position_alone ? 0 : ms(agent.last_offered_call)};
}

bool wants_offer(const queue::Member& member, base::Instant now) {
  if (member.leaving || member.connecting) return false;
  if (member.state == queue::MemberState::Waiting) return true;
  if (member.state != queue::MemberState::Trying || member.approach == Approach::One) return false;
  return member.approach == Approach::All || !member.asks_again_at || *member.asks_again_at <= now;
}

// Earlier virtual arrival first, then who joined first.
std::tuple<std::int64_t, base::MemberId> place_of(const queue::Member& member,
                                                  const queue::Queue& queue) {
  const std::int64_t credit = member.base_score + queue.settings.weight;
  return {base::to_ms(member.joined_at) - credit * 1000, member.id};
}

}  // namespace

bool Judge::is_free(const Case& asked, const Row& row) const {
  const queue::Agent& agent = *row.agent;
  const bool takes_calls = agent.status != queue::AgentStatus::OnBreak &&
                           agent.state == queue::AgentState::Waiting && !agent.offer;
  const bool is_open =
      row.tier->state == queue::TierState::Ready || row.tier->state == queue::TierState::NoAnswer;
  const bool is_outside =
      asked.queue.settings.skip_agents_with_external_calls && agent.external_calls_count > 0;
  return takes_calls && is_open && !is_outside && !witness_.rests(agent, asked.now) &&
         !witness_.is_barred(agent.name, asked.member.id, asked.now);
}

// Everybody who is not logged out, as the strategy orders them. Among equals one that failed the
// member comes after the others (spec/10 #38).
std::vector<Judge::Row> Judge::rows_of(const Case& asked) const {
  std::vector<Row> rows;
  for (const queue::Tier* tier : engine_.tiers()) {
    const queue::Agent* agent = engine_.agent(tier->agent);
    if (tier->queue != asked.queue.id || agent->status == queue::AgentStatus::LoggedOut) continue;
    const auto failed = asked.member.failed_with.find(agent->id);
    const std::uint64_t failure = failed == asked.member.failed_with.end() ? 0 : failed->second;
    const auto [first, second] = order_of(asked.queue, *agent, *tier);
    rows.push_back({tier, agent, {tier->level, first, second, failure, agent->id}});
  }
  std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.key < b.key; });
  return rows;
}

// Spec/03 §4, steps A and B, as they stand there.
std::vector<Judge::Row> Judge::scan(const Case& asked, const std::vector<Row>& rows) const {
  const queue::QueueSettings& rules = asked.queue.settings;
  const auto waited = std::chrono::milliseconds(asked.now - asked.member.joined_at).count();
  std::vector<Row> found;
  std::int64_t tier = 0;
  int available = 0;
  for (const Row& row : rows) {
    const std::int64_t level = row.tier->level;
    if (rules.tier_rules_apply && level > tier) {
      const std::int64_t times = rules.tier_rule_wait_multiply_level ? level : 1;
      const bool alone = rules.tier_rule_no_agent_no_wait && available == 0;
      if (!alone && waited < rules.tier_rule_wait_seconds * times * 1000) break;
      tier = level;
      if (!alone) available = 0;
    }
    ++available;
    if (is_free(asked, row)) found.push_back(row);
  }
  return found;
}

const Judge::Memory* Judge::memory_of(const Case& asked) const {
  const auto found = members_.find(asked.member.id);
  if (found == members_.end() || found->second.rejoined_at != asked.member.rejoined_at) {
    return nullptr;
  }
  return &found->second;
}

// top-down: those below the last one, and its peers who had no turn yet.
std::vector<Judge::Row> Judge::rest_of_round(const Case& asked,
                                             const std::vector<Row>& rows) const {
  std::vector<Row> rest;
  const Memory* last = memory_of(asked);
  if (last == nullptr) return rest;
  for (const Row& row : rows) {
    const auto at = std::pair(row.tier->level, row.tier->position);
    const auto then = std::pair(last->level, last->position);
    if (at < then || (at == then && last->asked_there.contains(row.agent->id))) continue;
    rest.push_back(row);
  }
  return rest;
}

// round-robin: those of the level behind the one asked last, then everybody.
std::vector<Judge::Row> Judge::rest_of_level(const Case& asked,
                                             const std::vector<Row>& rows) const {
  std::vector<Row> twice;
  if (const auto last = queues_.find(asked.queue.id); last != queues_.end()) {
    for (const Row& row : rows) {
      const bool is_behind = row.tier->position > last->second.position;
      if (row.tier->level == last->second.level && is_behind) twice.push_back(row);
    }
  }
  twice.insert(twice.end(), rows.begin(), rows.end());
  return twice;
}

Judge::Ranking Judge::rank(const Case& asked) const {
  Ranking ranking;
  if (!asked.queue.loaded) return ranking;
  const std::vector<Row> rows = rows_of(asked);
  if (is_strategy(asked.queue, "top-down")) {
    ranking.order = scan(asked, rest_of_round(asked, rows));
    if (ranking.order.empty()) ranking.order = scan(asked, rows);
    return ranking;
  }
  if (is_strategy(asked.queue, "round-robin")) {
    ranking.order = scan(asked, rest_of_level(asked, rows));
    return ranking;
  }
  ranking.order = scan(asked, rows);
  const auto last = queues_.find(asked.queue.id);
  const Memory* behind = nullptr;
  if (is_strategy(asked.queue, "ring-progressively")) behind = memory_of(asked);
  if (is_strategy(asked.queue, "sequentially-by-next-agent-order") && last != queues_.end()) {
    behind = &last->second;
  }
  if (behind != nullptr) {
    std::stable_partition(ranking.order.begin(), ranking.order.end(), [&](const Row& row) {
      return std::tuple(row.tier->level, row.tier->position, row.agent->id) >
             std::tuple(behind->level, behind->position, behind->agent);
    });
  }
  if (is_strategy(asked.queue, "random") && !ranking.order.empty()) {
    const auto [level, first, second, failure, agent] = ranking.order.front().key;
    if (failure == 0) {
      ranking.drawn = static_cast<std::size_t>(std::count_if(
          ranking.order.begin(), ranking.order.end(), [lowest = level](const Row& row) {
            return row.tier->level == lowest && std::get<3>(row.key) == 0;
          }));
    }
  }
  return ranking;
}

void Judge::about_to_offer(base::MemberId id, base::AgentId agent, base::Instant now) {
  for (const queue::Member* member : engine_.members()) {
    if (member->id != id) continue;
    const queue::Queue* queue = engine_.queue(member->queue);
    const Case asked{.member = *member, .queue = *queue, .now = now};
    if (!wants_offer(*member, now)) witness_.complain("a member is offered who wants no offer");
    const Ranking ranking = rank(asked);
    const auto end = ranking.order.begin() +
                     static_cast<std::ptrdiff_t>(std::min(ranking.drawn, ranking.order.size()));
    const bool is_right = std::any_of(ranking.order.begin(), end,
                                      [&](const Row& row) { return row.agent->id == agent; });
    if (!is_right) {
      const std::string instead =
          ranking.order.empty() ? "nobody" : ranking.order.front().agent->name;
      witness_.complain(engine_.agent(agent)->name + " is asked instead of " + instead);
    }
    check_member(asked);
    remember(asked, agent);
    return;
  }
  witness_.complain("an unknown member is offered");
}

// Nobody with a better score could have been offered to anybody.
void Judge::check_member(const Case& asked) const {
  for (const queue::Member* other : engine_.members()) {
    const queue::Queue* queue = engine_.queue(other->queue);
    if (other->id == asked.member.id || !wants_offer(*other, asked.now)) continue;
    if (place_of(*other, *queue) > place_of(asked.member, asked.queue)) continue;
    if (!rank({.member = *other, .queue = *queue, .now = asked.now}).order.empty()) {
      witness_.complain("a member with a better score is passed over");
    }
  }
}

void Judge::remember(const Case& asked, base::AgentId agent) {
  for (const queue::Tier* tier : engine_.tiers()) {
    if (tier->queue != asked.queue.id || tier->agent != agent) continue;
    Memory fresh;
    fresh.level = tier->level;
    fresh.position = tier->position;
    fresh.agent = agent;
    fresh.rejoined_at = asked.member.rejoined_at;
    queues_[asked.queue.id] = fresh;
    if (is_strategy(asked.queue, "top-down")) {
      const Memory* last = memory_of(asked);
      const bool same_place =
          last != nullptr && last->level == tier->level && last->position == tier->position;
      if (same_place && !last->asked_there.contains(agent)) fresh.asked_there = last->asked_there;
      fresh.asked_there.insert(agent);
    }
    members_[asked.member.id] = fresh;
  }
}

// A queue goes on from where the agent it asked last is now, or was when its tier was deleted.
void Judge::follow_moved_tiers() {
  for (const queue::Tier* tier : engine_.tiers()) {
    const auto last = queues_.find(tier->queue);
    if (last == queues_.end() || last->second.agent != tier->agent) continue;
    last->second.level = tier->level;
    last->second.position = tier->position;
  }
}

void Judge::check_nobody_waits_in_vain(base::Instant now) {
  follow_moved_tiers();
  for (const queue::Member* member : engine_.members()) {
    if (!wants_offer(*member, now)) continue;
    const queue::Queue* queue = engine_.queue(member->queue);
    const Ranking ranking = rank({.member = *member, .queue = *queue, .now = now});
    if (!ranking.order.empty()) {
      witness_.complain(ranking.order.front().agent->name + " is idle while a member waits");
    }
  }
}

}  // namespace sim
