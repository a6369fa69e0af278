// Names that an operator mistyped, and what was probably meant.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace config {

// Returns: " (did you mean X?)" with the known name that is closest, or an empty text when none is
// close.
std::string did_you_mean(std::string_view name, const std::vector<std::string_view>& known);

// "a, b, c"
std::string list_of(const std::vector<std::string_view>& names);

}  // namespace config
