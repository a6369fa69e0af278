// Cuts a client's bytes into commands: a line, header lines, an empty line and, if Content-Length
// says so, a body. Lines end with LF or CR LF.
//
// Pure: bytes in, frames out. What a command means is Session's question.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/esl_event.h"
#include "base/result.h"

namespace esl {

struct Frame {
  std::string line;  // The first line as it came, blanks included.
  base::Headers
      headers;  // The other lines that have a colon; names and values without blanks around.
  std::string body;

  // The value of a header whatever the case of its name, or an empty text.
  std::string header(std::string_view name) const;

  bool operator==(const Frame&) const = default;
};

// What a client may send at once.
struct FramingLimits {
  std::size_t line_bytes;
  std::size_t headers;
  std::size_t body_bytes;
};

// A stranger needs one line with a password.
inline constexpr FramingLimits kLimitsBeforeAuth = {
    .line_bytes = 1024, .headers = 8, .body_bytes = 0};
// Dial strings with many variables are the longest lines in practice, some KiB; MESSAGE bodies and
// NOTIFY documents the longest bodies.
inline constexpr FramingLimits kLimitsAfterAuth = {
    .line_bytes = 64 << 10, .headers = 128, .body_bytes = 1 << 20};

enum class FramingFault {
  LineTooLong,
  TooManyHeaders,
  BodyTooLong,
  BadLength,  // Content-Length is not a number.
  BadByte,    // A NUL inside a line.
};
std::string_view to_text(FramingFault fault);

class Framer {
 public:
  explicit Framer(const FramingLimits& limits) : limits_(limits) {}

  void set_limits(const FramingLimits& limits) { limits_ = limits; }
  void feed(std::string_view bytes);

  // The next whole frame, or nullopt when more bytes are needed. Bytes that are not UTF-8 are
  // replaced by U+FFFD, so that what is kept as JSON comes back as it was.
  // After a fault the stream cannot be understood any more: the same fault comes again.
  base::Result<std::optional<Frame>, FramingFault> next();

  // Bytes that wait to be cut.
  std::size_t buffered() const { return bytes_.size() - begin_; }

 private:
  // A line without its end, or nullopt when it is not complete.
  base::Result<std::optional<std::string_view>, FramingFault> next_line();
  base::Result<bool, FramingFault> read_head();
  base::Result<void, FramingFault> add_header(std::string_view line);
  base::Result<void, FramingFault> read_length();

  FramingLimits limits_;
  std::string bytes_;
  std::size_t begin_ = 0;                 // Before this, bytes_ is used up.
  std::size_t scanned_ = 0;               // From begin_: no line end in these.
  Frame frame_;                           // As far as it has come.
  std::optional<std::size_t> body_left_;  // Set once the head is complete.
  std::optional<FramingFault> fault_;
};

}  // namespace esl
