// What goes into the core and comes out of it as one line each, for people.
#pragma once

#include <string>

#include "core/command.h"
#include "core/input.h"

namespace app {

// Kind and fields; long ones are cut.
std::string line_of(const core::Input& input);
// Kind, the leg or ticket it is for, and of an event its name and headers.
std::string line_of(const core::Command& command);

}  // namespace app
