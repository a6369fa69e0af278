// The roster of a queue: its agents who are not logged out, by level and position. Tier rules and
// the limit without agents ask it whether "there is an agent", busy or on break as well
// (spec/01 §5.1).
#pragma once

#include "queue/state.h"

namespace queue {

// Brings the roster in step after a change of the agent's status or tiers.
void refresh_roster(Turn& turn, const Agent& agent);

// A place by level and position, as the roster has them.
AgentPlace roster_place(const Tier& tier);

// ---- for state.cc ----
void index_in_roster(State& state, const Agent& agent);

}  // namespace queue
