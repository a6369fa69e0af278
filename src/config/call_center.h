// callcenter.conf.xml: settings, queues, agents and tiers (spec/02).
#pragma once

#include <string_view>

#include "config/element.h"
#include "config/problem.h"
#include "queue/settings.h"

namespace config {

// How the warning ends about an agent whom nobody can be given to, since its type is none.
inline constexpr std::string_view kAgentLeftOut = "; the agent is left out";

queue::CallCenterSettings read_call_center(const Element& configuration, Problems& problems);

}  // namespace config
