// Commands about legs: hupall, uuid_exists, uuid_getvar, uuid_setvar, uuid_kill.
#pragma once

#include <string>
#include <string_view>

#include "api/api.h"

namespace api {

// Each takes what follows the command's name.
std::string hang_up_all(std::string_view arguments, Targets& targets);
std::string uuid_exists(std::string_view arguments, Targets& targets);
std::string uuid_getvar(std::string_view arguments, Targets& targets);
std::string uuid_setvar(std::string_view arguments, Targets& targets);
std::string uuid_kill(std::string_view arguments, Targets& targets);

}  // namespace api
