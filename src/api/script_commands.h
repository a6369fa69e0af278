// luarun: a script that goes on by itself.
#pragma once

#include <string>
#include <string_view>

#include "api/api.h"

namespace api {

// SCRIPT ARGUMENTS. Whether there is such a script the log says: who asks here does not wait for
// files. The event socket's luarun knows more and is not this one (docs/lua.md).
std::string luarun(std::string_view arguments, Targets& targets);

}  // namespace api
