// What the keys of a leg are bound to (bind_digit_action), and keys that were typed and not used.
//
// Data only; digit_actions.h decides by it.
#pragma once

#include <string>
#include <vector>

#include "base/archive.h"
#include "base/time.h"

namespace call {

// Keys that lead to something while their realm is active.
struct DigitBinding {
  enum class Pattern { Digits, Expression };
  enum class Does { Execute, RunCommand };  // exec:, api:
  enum class Side { Self, Peer, Both };
  std::string realm;
  Pattern kind = Pattern::Digits;
  std::string pattern;  // An expression without its ~.
  Does does = Does::Execute;
  std::string name;  // Of the application or command.
  std::string data;
  Side pressed_by = Side::Self;   // Whose keys are looked at.
  Side executed_by = Side::Self;  // Who runs the application.
};

// Keys of one party that are the beginning of something.
struct TypedKeys {
  std::string realm;  // The active one; empty: none.
  std::string typed;
  base::Instant since;  // The first of them.
};

struct Keys {
  std::vector<DigitBinding> bindings;
  TypedKeys own;
  TypedKeys peers;    // Those of the other party of the bridge.
  std::string ahead;  // Pressed when nothing took them; the next collection begins with them.
};

void describe(base::Archive& archive, DigitBinding& binding);
void describe(base::Archive& archive, TypedKeys& keys);
void describe(base::Archive& archive, Keys& keys);

}  // namespace call
