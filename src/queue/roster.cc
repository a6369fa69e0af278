#include "queue/roster.h"

#include <set>

#include "queue/time_limits.h"

namespace queue {

AgentPlace roster_place(const Tier& tier) {
  return {.rank = {.level = tier.level, .first = tier.position, .second = 0}, .agent = tier.agent};
}

void index_in_roster(State& state, const Agent& agent) {
  if (agent.status == AgentStatus::LoggedOut || agent.removed) return;
  const auto queues = state.queues_of_agent.find(agent.id);
  if (queues == state.queues_of_agent.end()) return;
  for (const base::QueueId id : queues->second) {
    state.roster.add(id, roster_place(state.tiers.at({id, agent.id})));
  }
}

void refresh_roster(Turn& turn, const Agent& agent) {
  State& state = turn.state;
  std::set<base::QueueId> before;
  for (const auto& [queue, place] : state.roster.places_of(agent.id)) before.insert(queue);
  state.roster.remove(agent.id);
  index_in_roster(state, agent);
  for (const auto& [id, place] : state.roster.places_of(agent.id)) {
    turn.touched.insert(id);
    if (!before.erase(id)) rearm_no_agent_limit(turn, id);
  }
  for (const base::QueueId id : before) {
    turn.touched.insert(id);
    if (!state.roster.empty(id)) continue;
    the_queue(state, id).agents_gone_at = turn.now;
    rearm_no_agent_limit(turn, id);
  }
}

}  // namespace queue
