// The command `show`: channels, calls and registrations as text, JSON or XML.
#pragma once

#include <string>
#include <string_view>

#include "api/api.h"

namespace api {

// channels|calls|bridged_calls|registrations [count] [as json|as xml|as delim X]
std::string show(std::string_view arguments, Targets& targets);

}  // namespace api
