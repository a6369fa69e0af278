// Who goes with whom: the best agent for a member, and the best member for an agent.
#pragma once

#include <optional>

#include "queue/state.h"

namespace queue {

// The agent that the member's queue asks first. Among equals one that just failed this member comes
// last (spec/10 #38). nullopt: nobody is ready for it.
std::optional<base::AgentId> best_agent_for(const State& state, const Member& member);

// The waiting member with the best score over all queues in which the agent is ready.
std::optional<Place> best_member_for(const State& state, base::AgentId agent);

// A status change took this offer back less than a second ago (spec/10 #46).
bool is_barred(const State& state, base::AgentId agent, base::MemberId member);

}  // namespace queue
