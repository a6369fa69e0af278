// Calls outside the queues that agents take part in. Queues with skip-agents-with-external-calls
// leave such agents alone (spec/03 §4 step B).
#pragma once

#include "queue/state.h"

namespace queue {

// Counted once per leg; a leg that counts for another agent already changes over. An unknown agent
// is left out.
void external_call_started(Turn& turn, const ExternalCallStarted& report);
void external_call_ended(Turn& turn, base::LegId leg);

}  // namespace queue
