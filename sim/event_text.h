// Events in a few words, for traces that people read.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/esl_event.h"

namespace sim {

// The action and the values that tell events of one kind apart.
std::string event_in_short(const base::EslEvent& event);

// Every header. `rename` turns uuids and times into something that is the same on each run.
using Rename = std::function<std::string(std::string_view header, std::string_view value)>;
std::vector<std::string> event_in_full(const base::EslEvent& event, const Rename& rename);

}  // namespace sim
