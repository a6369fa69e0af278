// The number of this version, as `ringmaster --version` and the command `version` show it.
#pragma once

#include <string_view>

namespace base {

inline constexpr std::string_view kVersion = "0.1.0";

}  // namespace base
