// Dial strings: where an agent's contact, or a user's dial-string, says whom to call (spec/04 §4).
//
//   {name=value,name='a, b'}[leg_timeout=10]sofia/internal/1000@192.0.2.7:5060,user/1001|user/1002
//    for every leg           for this leg                      at the same time ─┘        └─ after
//
// Several whole dial strings with :_: between (enterprise) are called at the same time, each with
// its own sequence; <…> in front holds variables for all of them. {^^:a=1:b=2} takes the character
// after ^^ as separator. Text only: nothing here is expanded (dial_text.h) or looked up.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/archive.h"
#include "base/result.h"

namespace call {

// Far more than any dial string rings; more is a mistake, and each would be a leg.
inline constexpr std::size_t kDestinationsMax = 64;
inline constexpr std::size_t kDialStringBytesMax = 16 * 1024;
inline constexpr std::size_t kDialVariablesMax = 128;

// In the order written; of several with one name the last one counts.
using DialVariables = std::vector<std::pair<std::string, std::string>>;

// One thing to call: "sofia/internal/1000@192.0.2.7", "user/1000@example.org", "error/USER_BUSY".
struct Destination {
  DialVariables variables;  // Of <…>, {…} and […], weakest first.
  std::string endpoint;     // sofia, user, error …
  std::string address;      // What follows the first slash.
};

using DialGroup = std::vector<Destination>;   // Called at the same time.
using DialSequence = std::vector<DialGroup>;  // One group after the other.

struct DialString {
  std::vector<DialSequence> sequences;  // At the same time; none is empty, and no group in them.

  std::size_t size() const;  // Destinations.
  const Destination& first() const { return sequences.front().front().front(); }
};

void describe(base::Archive& archive, Destination& destination);

// Returns: at least one destination, or what is wrong.
base::Result<DialString> parse_dial_string(std::string_view text);

// The place of the bracket that closes the one at `text[0]`: one of {}, [] and <>. Quoted text and
// what stands behind a backslash does not count. npos: it is never closed.
std::size_t find_closing_bracket(std::string_view text);

// The last value of a name, or an empty text.
std::string_view value_of(const DialVariables& variables, std::string_view name);

// Where a sofia/PROFILE/ADDRESS destination goes.
struct SofiaTarget {
  std::string profile;
  std::string user;
  std::string request_uri;  // sip:…, without fs_path.
  std::string next_hop;     // "ip:port" of fs_path, with ";transport=tcp" if need be, or empty.
};

// Reads the address of a sofia destination: PROFILE/user@host[:port][;parameters], with or without
// "sip:". Returns: what is wrong with it otherwise.
base::Result<SofiaTarget> parse_sofia_address(std::string_view address);

// The inverse for a registered contact: the address that reaches `contact_uri` through `source`.
std::string sofia_address(std::string_view profile, std::string_view contact_uri,
                          std::string_view source);

}  // namespace call
