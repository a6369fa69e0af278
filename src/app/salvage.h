// What is kept of a state that cannot be recovered: the people, their places and their phones, as
// the inputs that make them anew. Callers and calls are lost with the rest.
#pragma once

#include <vector>

#include "core/input.h"
#include "store/journal.h"

namespace app {

// The agents, tiers and registrations of the newest snapshot; empty without one that can be read.
// Somebody who was about to be called, or talked, is set to be waiting again. To be given to a core
// that is configured.
std::vector<core::Input> salvaged_inputs(const store::Recovered& found);

}  // namespace app
