// Commands about the server as a whole: status, version, create_uuid, global_getvar.
#pragma once

#include <string>
#include <string_view>

#include "api/api.h"

namespace api {

// Each takes what follows the command's name.
std::string status(std::string_view arguments, Targets& targets);
// `version short` gives the number alone.
std::string version(std::string_view arguments, Targets& targets);
std::string create_uuid(std::string_view arguments, Targets& targets);
// Without a name: all of them, NAME=VALUE.
std::string global_getvar(std::string_view arguments, Targets& targets);

}  // namespace api
