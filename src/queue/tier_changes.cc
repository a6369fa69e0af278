#include "queue/tier_changes.h"

#include <set>

#include "base/text.h"
#include "queue/eligibility.h"
#include "queue/lines.h"
#include "queue/roster.h"

namespace queue {
namespace {

// Tiers of an unloaded queue can still be named.
const Queue* find_named_queue(State& state, std::string_view name) {
  const auto found = state.queue_by_name.find(base::to_lower(name));
  return found == state.queue_by_name.end() ? nullptr : find_queue(state, found->second);
}

// Looks again at everybody whom another set of tiers concerns.
void tiers_changed(Turn& turn, base::QueueId queue, const Agent& agent) {
  renew_lines(turn, queue);
  refresh_roster(turn, agent);
  refresh_agent(turn, agent);
}

void insert_tier(Turn& turn, const Queue& queue, const Agent& agent, const TierSettings& settings) {
  Tier tier;
  tier.queue = queue.id;
  tier.agent = agent.id;
  tier.level = settings.level.value_or(1);
  tier.position = settings.position.value_or(1);
  tier.added = ++turn.state.last_id;
  turn.state.touched_rows.tier({queue.id, agent.id});
  turn.state.tiers[{queue.id, agent.id}] = tier;
  turn.state.queues_of_agent[agent.id].insert(queue.id);
  ++turn.state.levels[queue.id][tier.level];
  tiers_changed(turn, queue.id, agent);
}

void forget_level(State& state, base::QueueId queue, std::int64_t level) {
  auto& levels = state.levels.at(queue);
  if (--levels.at(level) == 0) levels.erase(level);
  if (levels.empty()) state.levels.erase(queue);
}

// The queue goes on from where its agent is now.
void move_tier(Turn& turn, Tier& tier, std::int64_t level, std::int64_t position) {
  forget_level(turn.state, tier.queue, tier.level);
  tier.level = level;
  tier.position = position;
  ++turn.state.levels[tier.queue][tier.level];
  Queue& queue = *find_queue(turn.state, tier.queue);
  if (queue.last_asked && queue.last_asked->agent == tier.agent) {
    queue.last_asked = roster_place(tier);
  }
}

void erase_tier(Turn& turn, base::QueueId queue, const Agent& agent) {
  State& state = turn.state;
  forget_level(state, queue, state.tiers.at({queue, agent.id}).level);
  state.touched_rows.tier({queue, agent.id});
  state.tiers.erase({queue, agent.id});
  const auto queues = state.queues_of_agent.find(agent.id);
  queues->second.erase(queue);
  if (queues->second.empty()) state.queues_of_agent.erase(queues);
  tiers_changed(turn, queue, agent);
  forget_queue_if_unused(state, queue);
}

}  // namespace

Change add_tier(Turn& turn, const TierSettings& settings) {
  const Queue* queue = find_loaded_queue(turn.state, settings.queue);
  if (queue == nullptr) return ChangeError::QueueNotFound;
  const Agent* agent = find_agent(turn.state, settings.agent);
  if (agent == nullptr) return ChangeError::AgentNotFound;
  if (find_tier(turn.state, queue->id, agent->id) != nullptr) return ChangeError::TierExists;

  insert_tier(turn, *queue, *agent, settings);
  return std::nullopt;
}

void remove_tier(Turn& turn, std::string_view queue_name, std::string_view agent_name) {
  const Queue* queue = find_named_queue(turn.state, queue_name);
  const Agent* agent = find_agent(turn.state, agent_name);
  if (queue == nullptr || agent == nullptr) return;
  if (find_tier(turn.state, queue->id, agent->id) != nullptr) erase_tier(turn, queue->id, *agent);
}

Change set_tier(Turn& turn, const Engine::TierChange& change) {
  const Queue* queue = find_named_queue(turn.state, change.queue);
  const Agent* agent = find_agent(turn.state, change.agent);
  Tier* tier =
      queue == nullptr || agent == nullptr ? nullptr : find_tier(turn.state, queue->id, agent->id);
  if (tier == nullptr) return ChangeError::TierNotFound;

  if (base::equal_ignoring_case(change.key, "state")) {
    const auto state = parse_tier_state(change.value);
    if (!state) return ChangeError::TierStateInvalid;
    tier->state = *state;
  } else if (base::equal_ignoring_case(change.key, "level")) {
    move_tier(turn, *tier, base::lenient_integer(change.value), tier->position);
  } else if (base::equal_ignoring_case(change.key, "position")) {
    move_tier(turn, *tier, tier->level, base::lenient_integer(change.value));
  } else {
    return ChangeError::TierKeyInvalid;
  }
  tiers_changed(turn, queue->id, *agent);
  return std::nullopt;
}

void apply_tier(Turn& turn, const TierSettings& settings) {
  const Queue* queue = find_loaded_queue(turn.state, settings.queue);
  const Agent* agent = find_agent(turn.state, settings.agent);
  if (queue == nullptr || agent == nullptr) return;  // Skipped silently (spec/02 §4).

  Tier* tier = find_tier(turn.state, queue->id, agent->id);
  if (tier == nullptr) {
    insert_tier(turn, *queue, *agent, settings);
    return;
  }
  move_tier(turn, *tier, settings.level.value_or(tier->level),
            settings.position.value_or(tier->position));
  tiers_changed(turn, queue->id, *agent);
}

void remove_tiers_of(Turn& turn, const Agent& agent) {
  const auto found = turn.state.queues_of_agent.find(agent.id);
  if (found == turn.state.queues_of_agent.end()) return;
  const std::set<base::QueueId> queues = found->second;
  for (const base::QueueId queue : queues) erase_tier(turn, queue, agent);
}

}  // namespace queue
