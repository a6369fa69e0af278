// Which actions a call gets from a context: conditions, breaks and continue (spec/08 §1).
//
// A pure answer from the context, the variables and the time. The extensions are looked at in
// order. Inside one, conditions are looked at in order and the break rule of each says whether to
// go on; a condition that holds adds its actions, one that does not adds its anti-actions. The
// first extension that added something ends the search unless it says continue="true".
//
// $1 … $9 in the data of an action become the groups of the last expression that matched in its
// extension (so: of its own condition, if that has one). The data is otherwise as written: it is
// for expand(), once, when the action runs. Captured text is quoted for that, so a number that
// reads ${…} is never expanded.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dialplan/dialplan.h"
#include "dialplan/expand.h"
#include "dialplan/local_time.h"

namespace dialplan {

struct Routed {
  std::vector<Action> actions;
  std::vector<std::string> problems;  // For the log: searches that were given up, and why.
  std::string extension;              // Name of the first extension that added actions; or empty.

  bool operator==(const Routed&) const = default;
};

// Actions of one routing beyond this are left out, with a problem: thousands can only be a mistake.
inline constexpr std::size_t kActionsMax = 2'000;

Routed route(const Context& context, Lookup& lookup, const LocalTime& time);

// Returns: what is wrong with a condition's expression, or an empty text. ${…} in it is taken to be
// some word.
std::string expression_problem(std::string_view expression);
inline bool is_valid_expression(std::string_view expression) {
  return expression_problem(expression).empty();
}

}  // namespace dialplan
