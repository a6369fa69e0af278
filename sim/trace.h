// One line per report and command: what two runs of a day are compared by.
#pragma once

#include <string>

#include "queue/messages.h"

namespace sim {

std::string trace_line(const queue::Report& report);
// With every header of an event.
std::string trace_line(const queue::Command& command);

}  // namespace sim
