// What is kept of a state that cannot be recovered: the people and their places, as the commands
// that make them anew. Callers, calls and registrations are lost with the rest.
#pragma once

#include <string>
#include <vector>

#include "store/journal.h"

namespace app {

// Commands of callcenter_config for the agents and tiers of the newest snapshot; empty without one
// that can be read. Somebody who was about to be called, or talked, is set to be waiting again.
std::vector<std::string> salvaged_commands(const store::Recovered& found);

}  // namespace app
