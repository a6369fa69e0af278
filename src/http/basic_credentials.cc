#include "http/basic_credentials.h"

#include <cstddef>
#include <cstdint>
#include <optional>

#include "base/text.h"

namespace http {
namespace {

constexpr std::string_view kScheme = "Basic ";
// Longer ones are no password that somebody has set.
constexpr std::size_t kEncodedMax = 1024;

// -1: not of the alphabet (RFC 4648 §4).
int six_bits(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+') return 62;
  return c == '/' ? 63 : -1;
}

std::optional<std::string> decoded(std::string_view text) {
  while (text.ends_with('=')) text.remove_suffix(1);
  std::string out;
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : text) {
    const int value = six_bits(c);
    if (value < 0) return std::nullopt;
    bits = (bits << 6) | static_cast<std::uint32_t>(value);
    held += 6;
    if (held < 8) continue;
    held -= 8;
    out += static_cast<char>((bits >> held) & 0xff);
  }
  return out;
}

// Looks at every byte of what was given, whatever it finds on the way.
bool same(std::string_view given, std::string_view expected) {
  unsigned difference = given.size() == expected.size() ? 0 : 1;
  for (std::size_t i = 0; i < given.size(); ++i) {
    const char other = expected.empty() ? '\0' : expected[i % expected.size()];
    difference |= static_cast<unsigned char>(given[i]) ^ static_cast<unsigned char>(other);
  }
  return difference == 0;
}

}  // namespace

bool are_right(std::string_view authorization, std::string_view user, std::string_view password) {
  if (!base::equal_ignoring_case(authorization.substr(0, kScheme.size()), kScheme)) return false;
  const std::string_view encoded = base::trim(authorization.substr(kScheme.size()));
  if (encoded.size() > kEncodedMax) return false;
  const auto given = decoded(encoded);
  return given && same(*given, std::string(user) + ":" + std::string(password));
}

}  // namespace http
