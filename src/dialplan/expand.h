// Text with ${…} in it, turned into plain text: what action data, contacts and sound names go
// through when they are used (spec/08 §1).
//
//   ${name}                the variable, or nothing when it is not set
//   ${name:offset:length}  a part of it; a negative offset counts from the end, length may be
//   absent
//   ${name(arguments)}     what the function answers; its arguments are expanded first
//   \${name}               the characters ${name}; a doubled backslash before $ is one backslash
//
// Only what stands in the text itself is expanded. What comes out of a variable or a function is
// put in as it is and never looked at again: a caller's name that reads ${system(…)} stays a name.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace dialplan {

// Where names get their meaning; the owner of the call provides it.
struct Lookup {
  Lookup() = default;
  Lookup(const Lookup&) = delete;
  Lookup& operator=(const Lookup&) = delete;
  virtual ~Lookup() = default;

  // The value of a variable; nullopt when it is not set.
  virtual std::optional<std::string> variable(std::string_view name) = 0;
  // Runs a function (an API command) and returns what it answers.
  virtual std::string function(std::string_view name, std::string_view arguments) = 0;
};

// ${…} inside ${…} deeper than this gives nothing: no dialplan that people write comes near.
inline constexpr int kExpandDepthMax = 8;
// A result is cut here: longer than any dial string, far shorter than what would hurt.
inline constexpr std::size_t kExpandedBytesMax = 64 * 1024;

// Returns: `text` itself when there is no $ in it. A ${ without its } is left as it stands.
std::string expand(std::string_view text, Lookup& lookup);

}  // namespace dialplan
