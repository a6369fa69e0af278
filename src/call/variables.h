// The channel variables of one leg: named texts, any case of the name.
//
// Bounded, because dialplans, peers and event socket clients fill them. What does not fit is not
// stored, and set() says so.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "base/archive.h"

namespace call {

// A dialplan that sets more variables than this on one leg loops; the sample configurations use
// fewer than fifty.
inline constexpr std::size_t kVariablesPerLegMax = 500;
inline constexpr std::size_t kVariableNameLengthMax = 256;
// Longer values are cut off from nothing people use: the longest are dial strings.
inline constexpr std::size_t kVariableValueLengthMax = 16 * 1024;

struct LessIgnoringCase {
  bool operator()(std::string_view a, std::string_view b) const;
  using is_transparent = void;
};

class Variables {
 public:
  using Map = std::map<std::string, std::string, LessIgnoringCase>;

  // Sets a variable; an empty value unsets it, as in the original.
  // Returns: false when a limit is hit or the name is empty, and nothing is changed.
  bool set(std::string_view name, std::string_view value);
  void unset(std::string_view name);

  // nullptr when it is not set. Lifetime: until the next change.
  const std::string* find(std::string_view name) const;
  // The value, or an empty text.
  std::string_view get(std::string_view name) const;
  // True for what people write for true; false when it is not set.
  bool is_true(std::string_view name) const;

  const Map& all() const { return all_; }

  friend void describe(base::Archive& archive, Variables& variables);

 private:
  Map all_;
};

}  // namespace call
