#include "queue/external_calls.h"

#include "queue/eligibility.h"

namespace queue {
namespace {

void count(Turn& turn, base::AgentId id, int change) {
  Agent& agent = the_agent(turn.state, id);
  agent.external_calls_count += change;
  refresh_agent(turn, agent);
}

}  // namespace

void external_call_started(Turn& turn, const ExternalCallStarted& report) {
  const Agent* agent = find_agent(turn.state, report.agent);
  if (agent == nullptr) return;
  external_call_ended(turn, report.leg);
  turn.state.external_calls[report.leg] = agent->id;
  count(turn, agent->id, 1);
}

void external_call_ended(Turn& turn, base::LegId leg) {
  const auto call = turn.state.external_calls.find(leg);
  if (call == turn.state.external_calls.end()) return;
  const base::AgentId agent = call->second;
  turn.state.external_calls.erase(call);
  count(turn, agent, -1);
}

}  // namespace queue
