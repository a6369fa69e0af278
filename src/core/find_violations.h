// Finds what contradicts itself between the queues and the calls (violation.h), and says it in
// words. Internal to the folder; Core::violations() is for others. Changes nothing.
//
// It looks at everything, which is too much for the run loop of a large floor: whoever owns a copy
// of the state on another thread looks at that (app/shadow_core.h). A single finding is looked at
// again in no time.
#pragma once

#include <string>
#include <vector>

#include "base/time.h"
#include "core/core_state.h"
#include "core/violation.h"

namespace core {

// `now`: the instant of the last input.
std::vector<Violation> find_violations(const CoreState& state, base::Instant now);

// Whether it is true of this state.
bool holds(const CoreState& state, const Violation& violation, base::Instant now);

// For the log: what is wrong, with names and uuids.
std::string text_of(const CoreState& state, const Violation& violation, base::Instant now);

}  // namespace core
