// What typed keys mean under the bindings of a realm.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "call/keys.h"

namespace call {

// More keys than this are not held back, however long an expression may become.
inline constexpr std::size_t kHeldKeysMax = 128;

struct Fit {
  const DigitBinding* binding = nullptr;  // nullptr: none fits.
  std::size_t length = 0;                 // Of the keys at the beginning that it fits.
  bool may_grow = false;                  // With more keys there may be another.
};

// The longest beginning of `typed` that fits a binding; the binding that was made first wins.
// Expressions stand for the whole of the keys. Lifetime: as `bindings`.
Fit fit_of(const std::vector<const DigitBinding*>& bindings, std::string_view typed);

}  // namespace call
