#include "sip/trace/masking.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/text.h"

namespace sip::trace {
namespace {

constexpr std::array<std::string_view, 5> kCredentialHeaders = {
    "authorization", "proxy-authorization", "www-authenticate", "proxy-authenticate",
    "authentication-info"};
constexpr std::array<std::string_view, 6> kSecretParameters = {"response", "nonce",     "cnonce",
                                                               "opaque",   "nextnonce", "rspauth"};
constexpr std::array<std::string_view, 4> kSecretLines = {
    "a=crypto:", "a=key-mgmt:", "a=ice-pwd:", "k="};

template <class Names>
bool is_one_of(const Names& names, std::string_view name) {
  return std::any_of(names.begin(), names.end(),
                     [&](std::string_view one) { return base::equal_ignoring_case(one, name); });
}

struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;
};

void hide(std::string& text, Span span) {
  for (std::size_t i = span.begin; i < span.end; ++i) {
    if (text[i] != '\r' && text[i] != '\n') text[i] = '*';
  }
}

// The value of the parameter that begins at `at`, without quotes; `next` is set behind it.
Span value_at(const std::string& text, std::size_t at, std::size_t end, std::size_t& next) {
  if (at < end && text[at] == '"') {
    std::size_t close = at + 1;
    while (close < end && text[close] != '"') close += text[close] == '\\' ? 2 : 1;
    close = std::min(close, end);
    next = std::min(close + 1, end);
    return {at + 1, close};
  }
  const std::size_t stop = std::min(text.find_first_of(", \t\r\n", at), end);
  next = stop;
  return {at, stop};
}

// NAME=VALUE pairs with commas between (RFC 3261 §25.1, auth-param).
void hide_parameters(std::string& text, Span span) {
  std::size_t at = span.begin;
  while (at < span.end) {
    const std::size_t equals = text.find('=', at);
    if (equals == std::string::npos || equals >= span.end) return;
    const std::size_t comma = text.find_last_of(",", equals - 1);
    const std::size_t name_at = comma == std::string::npos ? at : std::max(comma + 1, at);
    const std::string_view name =
        base::trim(std::string_view(text).substr(name_at, equals - name_at));
    std::size_t value_from = equals + 1;
    while (value_from < span.end && (text[value_from] == ' ' || text[value_from] == '\t')) {
      ++value_from;
    }
    std::size_t next = span.end;
    const Span value = value_at(text, value_from, span.end, next);
    if (is_one_of(kSecretParameters, name)) hide(text, value);
    at = std::max(next, equals + 1);
  }
}

// `span`: what stands behind the header's colon. Anything but a digest is hidden whole.
void hide_credentials(std::string& text, std::string_view name, Span span) {
  constexpr std::string_view kDigest = "digest";
  while (span.begin < span.end && (text[span.begin] == ' ' || text[span.begin] == '\t')) {
    ++span.begin;
  }
  if (base::equal_ignoring_case(name, "authentication-info")) return hide_parameters(text, span);
  const std::size_t word = std::min(text.find_first_of(" \t\r\n", span.begin), span.end);
  const Span rest{word, span.end};
  if (base::equal_ignoring_case(std::string_view(text).substr(span.begin, word - span.begin),
                                kDigest)) {
    return hide_parameters(text, rest);
  }
  hide(text, rest);
}

// Hides what stands behind the prefix of a secret line of the SDP; of a=crypto the tag and the
// suite stay.
void hide_media_key(std::string& text, Span line) {
  constexpr std::string_view kInline = "inline:";
  const std::string_view whole = std::string_view(text).substr(line.begin, line.end - line.begin);
  for (const std::string_view prefix : kSecretLines) {
    if (!base::equal_ignoring_case(whole.substr(0, prefix.size()), prefix)) continue;
    const std::size_t key = whole.find(kInline);
    const std::size_t from = key == std::string_view::npos ? prefix.size() : key + kInline.size();
    return hide(text, {line.begin + from, line.end});
  }
}

// The end of the header that begins at `begin`: lines that begin with a blank belong to it
// (RFC 3261 §7.3.1).
std::size_t header_end(const std::string& text, std::size_t begin) {
  std::size_t end = text.find('\n', begin);
  while (end != std::string::npos && end + 1 < text.size() &&
         (text[end + 1] == ' ' || text[end + 1] == '\t')) {
    end = text.find('\n', end + 1);
  }
  return end == std::string::npos ? text.size() : end;
}

}  // namespace

std::string masked(std::string message) {
  std::size_t at = 0;
  bool in_body = false;
  while (at < message.size()) {
    const std::size_t end =
        in_body ? std::min(message.find('\n', at), message.size()) : header_end(message, at);
    const bool is_empty = end == at || (end == at + 1 && message[at] == '\r');
    if (in_body) {
      hide_media_key(message, {at, end});
    } else if (is_empty) {
      in_body = true;
    } else if (const std::size_t colon = message.find(':', at); colon < end) {
      const std::string name(base::trim(std::string_view(message).substr(at, colon - at)));
      if (is_one_of(kCredentialHeaders, name)) hide_credentials(message, name, {colon + 1, end});
    }
    at = end + 1;
  }
  return message;
}

}  // namespace sip::trace
