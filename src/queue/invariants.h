// What must hold after every call of the engine (spec/09, suggested invariants). For tests and the
// simulator: it looks at everything.
#pragma once

#include "base/time.h"
#include "queue/state.h"

namespace queue {

// Stops the program when something does not hold.
void check_invariants(const State& state, base::Instant now);

}  // namespace queue
