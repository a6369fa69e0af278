// What must hold after every call of the engine (spec/09, suggested invariants): it looks at
// everything. Tests and the simulator stop when something does not hold; the self-check of a
// running server says so and goes on (core/self_check.h).
#pragma once

#include <string>
#include <vector>

#include "base/time.h"
#include "queue/state.h"

namespace queue {

// The rules that do not hold, in words, with the row that breaks each: "agent 7: its offer is
// there". Not all of them when there are many.
std::vector<std::string> broken_rules(const State& state, base::Instant now);

}  // namespace queue
