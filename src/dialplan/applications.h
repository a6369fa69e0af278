// The names of the applications that a dialplan may call, and which of them run already: so that a
// configuration is told at its start what would not work in a call.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace dialplan {

enum class ApplicationSupport {
  Runs,
  NotYet,  // Known to users of the original; a call that meets it goes on with the next action.
};

// nullopt: no such application. Names match in any case.
std::optional<ApplicationSupport> application_support(std::string_view name);

// Whether inline="true" has a meaning: it takes no time and needs nothing but the leg's data.
bool can_run_at_once(std::string_view name);

// All that are known, for suggestions.
std::vector<std::string_view> application_names();

}  // namespace dialplan
