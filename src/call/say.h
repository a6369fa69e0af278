// English from recorded words: numbers, letters, money, durations and times, as the names of the
// prompts that say them one after the other (digits/20.wav, digits/1.wav).
//
// Pure. Nothing beyond what sound packs have recorded is asked for: numbers are composed.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "dialplan/local_time.h"

namespace call {

// Prompts of one text; longer texts are refused.
inline constexpr std::size_t kSaidMax = 200;

// `say en TYPE METHOD [GENDER] TEXT`: what kind of thing the text is, and how it is said
// (pronounced, iterated, counted). Names in any case.
struct SayWanted {
  std::string type;
  std::string method;
  std::string text;
};

struct SayClock {
  std::int64_t unix_seconds = 0;  // Now.
  // The local time of the listener at a Unix second.
  std::function<dialplan::LocalTime(std::int64_t)> local_time;
};

// The types that say() knows, in lower case.
bool is_say_type(std::string_view type);

// Returns: the names of the prompts, or what cannot be said.
base::Result<std::vector<std::string>> say(const SayWanted& wanted, const SayClock& clock);

// A whole number as people say it: 42 is forty two.
std::vector<std::string> say_number(std::int64_t number);

}  // namespace call
