// The engine's lists as scenarios show them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/stage.h"

namespace sim {

// `list`: agents, tiers, members or queues. nullopt: there is no such list.
std::optional<std::vector<std::string>> rows_of(Stage& stage, const std::string& list);

}  // namespace sim
