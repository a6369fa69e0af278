// Which agents could take a call, and from when (spec/03 §4 step B).
//
// Everything that changes an agent or one of its tiers ends with refresh_agent(), which is the only
// way into and out of the index of ready agents.
#pragma once

#include <optional>

#include "base/time.h"
#include "queue/records.h"
#include "queue/state.h"

namespace queue {

// Status, state and offer allow a call; rests are not looked at.
bool wants_calls(const Agent& agent);

// When the agent's rests are over: its wrap-up and its delay. nullopt: it has none.
std::optional<base::Instant> rested_at(const Agent& agent);

// Takes the agent out of the index and puts it in again where it belongs now; arms the deadline of
// a rest that still runs.
void refresh_agent(Turn& turn, const Agent& agent);

// Puts an agent that may be offered calls into the index of each queue that would ask it.
void index_ready_agent(State& state, const Agent& agent);

}  // namespace queue
