// Which actions a call gets from a context: conditions, breaks and continue (spec/08 §1).
//
// A pure answer from the context and what the call says of itself. The extensions are looked at in
// order. Inside one, conditions are looked at in order and the break rule of each says whether to
// go on; a condition that holds adds its actions, one that does not adds its anti-actions. Nested
// conditions follow the actions of theirs, by the same rules.
//
// An extension fits when the condition that was looked at last holds, or has added anti-actions;
// the first one that fits ends the search, unless it says continue="true". Actions that were added
// by extensions that do not fit stay.
//
// $0 … $9 in the data of an action become the groups of the last expression that matched in its
// extension (so: of its own condition, if that has one). The data is otherwise as written: it is
// for expand(), once, when the action runs. Captured text is quoted for that, so a number that
// reads ${…} is never expanded.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dialplan/dialplan.h"
#include "dialplan/expand.h"
#include "dialplan/local_time.h"

namespace dialplan {

// The call that is routed; its owner provides it.
struct RoutedCall : Lookup {
  // The date and time now where the call is, or where clocks are so many hours ahead of UTC.
  virtual LocalTime local_time(std::optional<int> utc_offset_hours) = 0;
  // Runs an action with inline="true" now. Later conditions see what it sets.
  virtual void run_now(const Action& action) = 0;
};

struct Routed {
  std::vector<Action> actions;
  std::vector<std::string> problems;  // For the log: searches that were given up, and why.
  std::string extension;              // Name of the first extension that fits; or empty.

  bool operator==(const Routed&) const = default;
};

// Actions of one routing beyond this are left out, with a problem: thousands can only be a mistake.
inline constexpr std::size_t kActionsMax = 2'000;

Routed route(const Context& context, RoutedCall& call);

// Returns: what is wrong with a condition's expression, or an empty text. ${…} in it is taken to be
// some word.
std::string expression_problem(std::string_view expression);
inline bool is_valid_expression(std::string_view expression) {
  return expression_problem(expression).empty();
}

}  // namespace dialplan
