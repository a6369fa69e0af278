// The names of the commands, for whoever checks a configuration before a call needs them.
#pragma once

#include <string_view>
#include <vector>

namespace api {

// Whether run() has a command of this name, in any case.
bool knows(std::string_view name);

// All of them, in order.
std::vector<std::string_view> command_names();

}  // namespace api
