#include "queue/tier_changes.h"

#include <set>

#include "base/text.h"
#include "queue/eligibility.h"

namespace queue {
namespace {

// Tiers of an unloaded queue can still be named.
const Queue* find_named_queue(State& state, std::string_view name) {
  const auto found = state.queue_by_name.find(base::to_lower(name));
  return found == state.queue_by_name.end() ? nullptr : find_queue(state, found->second);
}

void insert_tier(Turn& turn, const Queue& queue, const Agent& agent, const TierSettings& settings) {
  Tier tier;
  tier.queue = queue.id;
  tier.agent = agent.id;
  tier.level = settings.level.value_or(1);
  tier.position = settings.position.value_or(1);
  tier.added = ++turn.state.last_id;
  turn.state.tiers[{queue.id, agent.id}] = tier;
  turn.state.queues_of_agent[agent.id].insert(queue.id);
  refresh_agent(turn, agent);
}

void erase_tier(State& state, base::QueueId queue, base::AgentId agent) {
  state.tiers.erase({queue, agent});
  const auto queues = state.queues_of_agent.find(agent);
  if (queues != state.queues_of_agent.end()) {
    queues->second.erase(queue);
    if (queues->second.empty()) state.queues_of_agent.erase(queues);
  }
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

  erase_tier(turn.state, queue->id, agent->id);
  refresh_agent(turn, *agent);
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
    tier->level = base::lenient_integer(change.value);
  } else if (base::equal_ignoring_case(change.key, "position")) {
    tier->position = base::lenient_integer(change.value);
  } else {
    return ChangeError::TierKeyInvalid;
  }
  refresh_agent(turn, *agent);
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
  tier->level = settings.level.value_or(tier->level);
  tier->position = settings.position.value_or(tier->position);
  refresh_agent(turn, *agent);
}

void remove_tiers_of(Turn& turn, base::AgentId agent) {
  const auto found = turn.state.queues_of_agent.find(agent);
  if (found == turn.state.queues_of_agent.end()) return;
  const std::set<base::QueueId> queues = found->second;
  for (const base::QueueId queue : queues) erase_tier(turn.state, queue, agent);
}

}  // namespace queue
