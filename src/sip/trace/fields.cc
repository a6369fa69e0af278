#include "sip/trace/fields.h"

#include "base/text.h"

namespace sip::trace {
namespace {

constexpr std::string_view kVersion = "SIP/2.0";

// Takes the first line off. Returns: it, without its line break.
std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

bool is_named(std::string_view key, std::string_view name, char compact) {
  if (key.size() == 1) return base::equal_ignoring_case(key, std::string_view(&compact, 1));
  return base::equal_ignoring_case(key, name);
}

}  // namespace

std::string_view first_line(std::string_view message) {
  return take_line(message);
}

bool is_response(std::string_view message) {
  return message.substr(0, kVersion.size()) == kVersion;
}

std::size_t body_begin(std::string_view message) {
  std::string_view rest = message;
  while (!rest.empty()) {
    if (take_line(rest).empty()) break;
  }
  return message.size() - rest.size();
}

std::string_view header(std::string_view message, std::string_view name, char compact) {
  take_line(message);
  while (!message.empty()) {
    const std::string_view line = take_line(message);
    if (line.empty()) break;
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    if (is_named(base::trim(line.substr(0, colon)), name, compact)) {
      return base::trim(line.substr(colon + 1));
    }
  }
  return {};
}

std::optional<std::size_t> content_length(std::string_view message) {
  const auto length = base::parse_integer(header(message, "Content-Length", 'l'));
  if (!length || *length < 0) return std::nullopt;
  return static_cast<std::size_t>(*length);
}

std::string_view user_of(std::string_view address) {
  const std::size_t scheme = address.find("sip");
  if (scheme == std::string_view::npos) return {};
  const std::size_t colon = address.find(':', scheme);
  if (colon == std::string_view::npos) return {};
  const std::string_view rest = address.substr(colon + 1);
  const std::size_t end = rest.find_first_of("@;> ");
  if (end == std::string_view::npos || rest[end] != '@') return {};
  const std::string_view user = rest.substr(0, end);
  return user.substr(0, user.find(':'));
}

}  // namespace sip::trace
