#include "queue/eligibility.h"

#include <algorithm>

#include "queue/strategy.h"
#include "queue/wrap_up.h"

namespace queue {
namespace {

bool may_be_offered(const Agent& agent, const Tier& tier, const Queue& queue) {
  const bool busy_elsewhere =
      queue.settings.skip_agents_with_external_calls && agent.external_calls_count > 0;
  const bool tier_is_free = tier.state == TierState::Ready || tier.state == TierState::NoAnswer;
  return queue.loaded && tier_is_free && !busy_elsewhere;
}

}  // namespace

bool wants_calls(const Agent& agent) {
  const bool logged_in =
      agent.status == AgentStatus::Available || agent.status == AgentStatus::AvailableOnDemand;
  return logged_in && agent.state == AgentState::Waiting && !agent.offer && !agent.removed;
}

std::optional<base::Instant> rested_at(const Agent& agent) {
  // An empty optional is before every instant.
  return std::max({agent.ready_at, agent.retry_at, wrap_up_ends(agent)});
}

void refresh_agent(Turn& turn, const Agent& agent) {
  const Purpose rest{.kind = Purpose::Kind::AgentRested, .first = agent.id.value};
  turn.state.ready.remove(agent.id);
  if (!wants_calls(agent)) {
    turn.state.deadlines.cancel(rest);
    return;
  }
  if (const auto until = rested_at(agent); until && *until > turn.now) {
    turn.state.deadlines.arm(rest, *until);
    return;
  }
  turn.state.deadlines.cancel(rest);
  index_ready_agent(turn.state, agent);
  for (const auto& [queue, place] : turn.state.ready.places_of(agent.id)) {
    turn.touched.insert(queue);
  }
}

void index_ready_agent(State& state, const Agent& agent) {
  const auto queues = state.queues_of_agent.find(agent.id);
  if (queues == state.queues_of_agent.end()) return;
  for (const base::QueueId id : queues->second) {
    const Tier& tier = state.tiers.at({id, agent.id});
    const Queue& queue = state.queues.at(id);
    if (!may_be_offered(agent, tier, queue)) continue;
    state.ready.add(id, {.rank = strategy_of(queue).rank(agent, tier), .agent = agent.id});
  }
}

}  // namespace queue
