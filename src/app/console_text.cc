#include "app/console_text.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "base/utf8.h"

namespace app {
namespace {

constexpr std::string_view kReplacement = "\xef\xbf\xbd";
// SGR sequences of ECMA-48 §8.3.117.
constexpr std::string_view kRed = "\x1b[31m";
constexpr std::string_view kGreen = "\x1b[32m";
constexpr std::string_view kYellow = "\x1b[33m";
constexpr std::string_view kGrey = "\x1b[90m";
constexpr std::string_view kBold = "\x1b[1m";
constexpr std::string_view kPlain = "\x1b[0m";

std::size_t size_of(char first) {
  const auto byte = static_cast<unsigned char>(first);
  if (byte < 0x80) return 1;
  if (byte < 0xe0) return 2;
  return byte < 0xf0 ? 3 : 4;
}

bool starts_with_any(std::string_view text, std::string_view first, std::string_view last) {
  return text >= first && text <= last;
}

// Of well-formed UTF-8.
bool is_obeyed(std::string_view character) {
  if (character.size() == 1) {
    const auto byte = static_cast<unsigned char>(character.front());
    return (byte < 0x20 && byte != '\n' && byte != '\t') || byte == 0x7f;
  }
  // C1 controls; LRM and RLM; embeddings, overrides and isolates (UAX #9).
  return starts_with_any(character, "\xc2\x80", "\xc2\x9f") ||
         starts_with_any(character, "\xe2\x80\x8e", "\xe2\x80\x8f") ||
         starts_with_any(character, "\xe2\x80\xaa", "\xe2\x80\xae") ||
         starts_with_any(character, "\xe2\x81\xa6", "\xe2\x81\xa9");
}

std::string painted(std::string text, std::string_view colour, Colours colours) {
  if (colours == Colours::Off || colour.empty()) return text;
  // The line feed stays outside, so that an interrupted line leaves no colour behind.
  const bool ends_line = !text.empty() && text.back() == '\n';
  if (ends_line) text.pop_back();
  return std::string(colour) + text + std::string(kPlain) + (ends_line ? "\n" : "");
}

std::string line_of(std::string_view text) {
  std::string out = harmless(text);
  if (!out.empty() && out.back() != '\n') out += '\n';
  return out;
}

}  // namespace

std::string harmless(std::string_view text) {
  const std::string whole = base::well_formed(text);
  std::string out;
  out.reserve(whole.size());
  for (std::size_t at = 0; at < whole.size();) {
    const auto character = std::string_view(whole).substr(at, size_of(whole[at]));
    // Telnet's line ends are common in messages.
    const bool is_line_end = character == "\r" && whole.compare(at, 2, "\r\n") == 0;
    if (!is_line_end) out += is_obeyed(character) ? kReplacement : character;
    at += character.size();
  }
  return out;
}

std::string shown_reply(std::string_view text, Colours colours) {
  std::string out = line_of(text);
  if (is_failure(text)) return painted(std::move(out), kRed, colours);
  return out.starts_with("+OK") ? painted(std::move(out), kGreen, colours) : out;
}

std::string shown_log_line(std::string_view line, int level, Colours colours) {
  std::string_view colour;
  if (level <= 3) colour = kRed;
  if (level == 4 || level == 5) colour = kYellow;
  if (level >= 7) colour = kGrey;
  return painted(line_of(line), colour, colours);
}

std::string shown_event(std::string_view body, Colours colours) {
  constexpr std::string_view kName = "Event-Name: ";
  std::string out = line_of(body);
  if (colours == Colours::Off || !out.starts_with(kName)) return out;
  const std::size_t end = std::min(out.find('\n'), out.size());
  return std::string(kBold) + out.substr(0, end) + std::string(kPlain) + out.substr(end);
}

bool is_failure(std::string_view reply) {
  return reply.starts_with("-ERR") || reply.starts_with("-USAGE");
}

}  // namespace app
