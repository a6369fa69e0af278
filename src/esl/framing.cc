#include "esl/framing.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "base/utf8.h"

namespace esl {
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
  frame_.body = base::well_formed(std::string_view(bytes_).substr(begin_, *body_left_));
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
    frame_.line = base::well_formed(line);
    return {};
  }
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return {};
  if (frame_.headers.size() >= limits_.headers) return base::failure(FramingFault::TooManyHeaders);
  frame_.headers.emplace_back(base::well_formed(base::trim(line.substr(0, colon))),
                              base::well_formed(base::trim(line.substr(colon + 1))));
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
