// Small pure functions on text that several folders need.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace base {

// ASCII only, whatever the locale.
std::string to_lower(std::string_view text);
bool equal_ignoring_case(std::string_view a, std::string_view b);
std::string_view trim(std::string_view text);
std::vector<std::string> split(std::string_view text, char separator);

// A whole decimal number with optional sign and nothing else; nullopt otherwise or out of range.
std::optional<std::int64_t> parse_integer(std::string_view text);
// As C's atoi: leading blanks, a sign, digits as far as they go; 0 for junk (spec/05 §3).
// Saturates.
std::int64_t lenient_integer(std::string_view text);

// What the original takes for true in channel variables and settings (spec/02 §1): yes, on, true,
// t, enabled, active, allow, or a number other than 0; any case. Everything else is false.
bool is_true(std::string_view text);

// %XX for all but unreserved and some harmless characters, as the plain event format does.
std::string url_encode(std::string_view text);
std::string url_decode(std::string_view text);

}  // namespace base
