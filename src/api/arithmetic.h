// The calculator behind the command `expr`: exact decimals instead of floating point, so that every
// machine gives the same answer.
//
//   + - * / % ^   < <= > >= == !=   && || !   ( )
//
// Numbers have at most six digits behind the point; division and longer numbers are cut there.
// Comparisons and logic give 1 or 0; anything but 0 is true.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"

namespace api {

// Longer than any sum in a dialplan.
inline constexpr std::size_t kSumBytesMax = 1024;
// Brackets and signs inside each other: each costs a little of the stack.
inline constexpr int kSumDepthMax = 50;

// Returns: the result without needless zeros ("2", "0.5", "-3"), or why there is none.
base::Result<std::string> calculate(std::string_view text);

}  // namespace api
