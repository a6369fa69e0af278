#include "esl/framing.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace esl {
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

std::string Frame::header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (base::equal_ignoring_case(key, name)) return value;
  }
  return {};
}

std::string_view to_text(FramingFault fault) {
  switch (fault) {
    case FramingFault::LineTooLong:
      return "line too long";
    case FramingFault::TooManyHeaders:
      return "too many headers";
    case FramingFault::BodyTooLong:
      return "body too long";
    case FramingFault::BadLength:
      return "bad content length";
    case FramingFault::BadByte:
      break;
  }
  return "bad byte";
}

void Framer::feed(std::string_view bytes) {
  // Used-up bytes go only when they are the larger part, so that each byte moves at most once or
  // twice however the stream is cut.
  if (begin_ > bytes_.size() / 2) {
    bytes_.erase(0, begin_);
    begin_ = 0;
  }
  bytes_ += bytes;
}

base::Result<std::optional<Frame>, FramingFault> Framer::next() {
  if (!fault_ && !body_left_) {
    const auto complete = read_head();
    if (!complete) {
      fault_ = complete.error();
    } else if (!*complete) {
      return std::optional<Frame>();
    }
  }
  if (fault_) return base::failure(*fault_);
  if (buffered() < *body_left_) return std::optional<Frame>();
  frame_.body = well_formed(std::string_view(bytes_).substr(begin_, *body_left_));
  begin_ += *body_left_;
  body_left_.reset();
  return std::optional<Frame>(std::exchange(frame_, {}));
}

// Returns: whether the head is complete and body_left_ is set.
base::Result<bool, FramingFault> Framer::read_head() {
  while (true) {
    const auto line = next_line();
    if (!line) return base::failure(line.error());
    if (!*line) return false;
    if (!(*line)->empty()) {
      if (const auto added = add_header(**line); !added) return base::failure(added.error());
    } else if (!frame_.line.empty()) {
      if (const auto length = read_length(); !length) return base::failure(length.error());
      return true;
    }
    // Otherwise: an empty line between two commands, which clients send now and then.
  }
}

base::Result<std::optional<std::string_view>, FramingFault> Framer::next_line() {
  const std::string_view rest = std::string_view(bytes_).substr(begin_);
  const std::size_t end = rest.find('\n', scanned_);
  if (std::min(end, rest.size()) > limits_.line_bytes) {
    return base::failure(FramingFault::LineTooLong);
  }
  if (end == std::string_view::npos) {
    scanned_ = rest.size();
    return std::optional<std::string_view>();
  }
  begin_ += end + 1;
  scanned_ = 0;
  std::string_view line = rest.substr(0, end);
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  if (line.find('\0') != std::string_view::npos) return base::failure(FramingFault::BadByte);
  return std::optional<std::string_view>(line);
}

base::Result<void, FramingFault> Framer::add_header(std::string_view line) {
  if (frame_.line.empty()) {
    frame_.line = well_formed(line);
    return {};
  }
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return {};
  if (frame_.headers.size() >= limits_.headers) return base::failure(FramingFault::TooManyHeaders);
  frame_.headers.emplace_back(well_formed(base::trim(line.substr(0, colon))),
                              well_formed(base::trim(line.substr(colon + 1))));
  return {};
}

base::Result<void, FramingFault> Framer::read_length() {
  const std::string text = frame_.header("Content-Length");
  const auto length = text.empty() ? std::optional<std::int64_t>(0) : base::parse_integer(text);
  if (!length || *length < 0) return base::failure(FramingFault::BadLength);
  if (static_cast<std::uint64_t>(*length) > limits_.body_bytes) {
    return base::failure(FramingFault::BodyTooLong);
  }
  body_left_ = static_cast<std::size_t>(*length);
  return {};
}

}  // namespace esl
