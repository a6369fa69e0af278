// What the engine ordered, in the words of scenarios.
#pragma once

#include <string>
#include <vector>

#include "queue/messages.h"
#include "sim/stage.h"

namespace sim {

// Nothing for events unless the scenario shows them.
std::vector<std::string> outcomes_of(const Stage& stage, const queue::Command& command);

}  // namespace sim
