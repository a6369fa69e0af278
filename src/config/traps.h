// Two mistakes that XML parsers accept or report far from their cause, found beforehand: a comment
// in which another one starts (the first was never closed, and swallows what lies between), and an
// attribute value that runs on into the next line's markup (its quote was never closed). Both stand
// in widely copied samples (spec/11 §7).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace config {

struct Trap {
  std::size_t offset = 0;  // Where the comment or the value begins.
  std::string text;
};

std::vector<Trap> find_traps(std::string_view xml);

}  // namespace config
