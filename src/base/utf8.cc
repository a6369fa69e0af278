#include "base/utf8.h"

#include <algorithm>

namespace base {
namespace {

constexpr std::string_view kReplacement = "\xef\xbf\xbd";

unsigned char byte_at(std::string_view text, std::size_t at) {
  return at < text.size() ? static_cast<unsigned char>(text[at]) : 0;
}

bool is_between(unsigned char byte, unsigned char low, unsigned char high) {
  return byte >= low && byte <= high;
}

// How many bytes the well-formed character at `at` has; 0 when there is none (RFC 3629 §4).
std::size_t character_size(std::string_view text, std::size_t at) {
  const unsigned char first = byte_at(text, at);
  if (first < 0x80) return 1;
  unsigned char low = 0x80;
  unsigned char high = 0xbf;
  std::size_t size = 0;
  if (is_between(first, 0xc2, 0xdf)) size = 2;
  if (is_between(first, 0xe0, 0xef)) size = 3;
  if (is_between(first, 0xf0, 0xf4)) size = 4;
  if (size == 0) return 0;
  // Over-long forms, surrogates and what lies beyond U+10FFFF show in the second byte.
  if (first == 0xe0) low = 0xa0;
  if (first == 0xed) high = 0x9f;
  if (first == 0xf0) low = 0x90;
  if (first == 0xf4) high = 0x8f;
  if (!is_between(byte_at(text, at + 1), low, high)) return 0;
  for (std::size_t i = 2; i < size; ++i) {
    if (!is_between(byte_at(text, at + i), 0x80, 0xbf)) return 0;
  }
  return size;
}

}  // namespace

std::string well_formed(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t size = character_size(text, at);
    out += size > 0 ? text.substr(at, size) : kReplacement;
    at += std::max<std::size_t>(size, 1);
  }
  return out;
}

}  // namespace base
