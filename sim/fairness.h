// Whether the right people were brought together: judged from the engine's public rows, by looking
// at everybody.
#pragma once

#include "queue/engine.h"
#include "sim/witness.h"

namespace sim {

// After a call of the engine: no agent who could take a call is idle while a member waits whom it
// serves.
void check_nobody_waits_in_vain(const queue::Engine& engine, const Witness& witness,
                                base::Instant now);

// Each offer of this call went to the agent that the strategy asks first among those who were free,
// and no agent was given a member while it might have had one with a better score.
// Requires: nothing was due when the call began.
void check_choices(const queue::Engine& engine, const queue::Commands& commands,
                   const Witness& witness, base::Instant now);

}  // namespace sim
