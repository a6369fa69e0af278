#include "sip/info_digit.h"

#include "base/text.h"

namespace sip {
namespace {

constexpr std::string_view kKeys = "0123456789*#ABCD";

// A key by itself or, as some phones write * and those behind it, by its event number (RFC 4733
// §3.2).
std::optional<std::string> key_of(std::string_view text) {
  text = base::trim(text);
  if (text.size() == 1) {
    const bool is_lower = text[0] >= 'a' && text[0] <= 'd';
    const char key = is_lower ? static_cast<char>(text[0] - 'a' + 'A') : text[0];
    if (kKeys.find(key) == std::string_view::npos) return std::nullopt;
    return std::string(1, key);
  }
  const auto number = base::parse_integer(text);
  if (!number || *number < 10 || *number >= static_cast<std::int64_t>(kKeys.size())) {
    return std::nullopt;
  }
  return std::string(1, kKeys[static_cast<std::size_t>(*number)]);
}

}  // namespace

std::optional<std::string> digit_of_info(std::string_view content_type, std::string_view body) {
  if (base::equal_ignoring_case(content_type, "application/dtmf")) return key_of(body);
  if (!base::equal_ignoring_case(content_type, "application/dtmf-relay")) return std::nullopt;
  for (const std::string& line : base::split(body, '\n')) {
    const std::size_t equals = line.find('=');
    if (equals == std::string::npos) continue;
    const std::string_view name = base::trim(std::string_view(line).substr(0, equals));
    if (!base::equal_ignoring_case(name, "Signal")) continue;
    return key_of(std::string_view(line).substr(equals + 1));
  }
  return std::nullopt;
}

}  // namespace sip
