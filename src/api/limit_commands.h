// Commands about what `limit` counts (call/limit.h).
#pragma once

#include <string>
#include <string_view>

#include "api/api.h"

namespace api {

// Each takes what follows the command's name. The backend is hash or db, which is the same.

// BACKEND REALM ID [rate]: how many legs hold it, or how often it was taken in the present
// interval.
std::string limit_usage(std::string_view arguments, Targets& targets);
// BACKEND: nobody holds anything, and all intervals are over.
std::string limit_reset(std::string_view arguments, Targets& targets);
// BACKEND REALM ID: its interval is over.
std::string limit_interval_reset(std::string_view arguments, Targets& targets);
// BACKEND: how many resources are in use.
std::string limit_status(std::string_view arguments, Targets& targets);
// UUID BACKEND [REALM ID]: a leg gives back one resource, or all.
std::string uuid_limit_release(std::string_view arguments, Targets& targets);

}  // namespace api
