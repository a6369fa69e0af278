#include "sip/sdp_screen.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "sip/limits.h"

namespace sip {
namespace {

bool is_printable(char c) {
  return c >= ' ' && c < 0x7f;
}

// token-char of RFC 4566 §9.
bool is_token_char(char c) {
  static constexpr std::string_view kOthers = "\"(),/:;<=>?@[\\] ";
  return is_printable(c) && kOthers.find(c) == std::string_view::npos;
}

bool is_token(std::string_view word) {
  return !word.empty() && std::all_of(word.begin(), word.end(), is_token_char);
}

// Tokens with a slash between them: "RTP/AVP", "4000/2".
bool is_slashed(std::string_view word) {
  const auto parts = base::split(word, '/');
  return std::all_of(parts.begin(), parts.end(), is_token);
}

// m=<media> <port> <proto> <fmt> …, one space between (RFC 4566 §5.14). Only port and protocol may
// have slashes: at one in a format the parser does not come to an end either.
bool is_media_line(std::string_view line) {
  const auto words = base::split(line.substr(2), ' ');
  return words.size() >= 4 && words.size() <= kMediaWordsMax && is_token(words[0]) &&
         is_slashed(words[1]) && is_slashed(words[2]) &&
         std::all_of(words.begin() + 3, words.end(), is_token);
}

bool is_attribute_we_read(std::string_view line) {
  static constexpr std::array<std::string_view, 8> kRead = {
      "rtpmap", "fmtp", "ptime", "maxptime", "sendrecv", "sendonly", "recvonly", "inactive"};
  const std::string_view name = line.substr(2, line.find(':') - 2);
  return std::find(kRead.begin(), kRead.end(), name) != kRead.end();
}

enum class Use { Keep, Drop, Malformed };

Use use_of(std::string_view line) {
  if (line.size() < 2 || line[1] != '=') return Use::Malformed;
  const bool printable = std::all_of(line.begin(), line.end(), is_printable);
  switch (line[0]) {
    case 'o':
    case 'c':
      return printable ? Use::Keep : Use::Malformed;
    case 'm':
      return is_media_line(line) ? Use::Keep : Use::Malformed;
    case 'a':
      return printable && is_attribute_we_read(line) ? Use::Keep : Use::Drop;
    default:
      return Use::Drop;
  }
}

// The next line, without its end; nullopt behind the last one.
std::optional<std::string_view> take_line(std::string_view& rest) {
  if (rest.empty()) return std::nullopt;
  const std::size_t end = std::min(rest.find('\n'), rest.size());
  std::string_view line = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.remove_suffix(1);
  return line;
}

}  // namespace

base::Result<std::string> screened_sdp(std::string_view text) {
  if (text.size() > kSdpBytesMax) return base::failure("SDP too large");
  if (take_line(text) != "v=0") return base::failure("SDP does not begin with v=0");
  std::string kept = "v=0\r\n";
  std::size_t lines = 0;
  while (const auto line = take_line(text)) {
    if (line->empty()) continue;
    if (++lines > kSdpLinesMax) return base::failure("SDP has too many lines");
    switch (use_of(*line)) {
      case Use::Malformed:
        return base::failure("SDP has a malformed line");
      case Use::Drop:
        continue;
      case Use::Keep:
        kept += *line;
        kept += "\r\n";
        // What the parser wants to see, whatever the peer wrote.
        if (line->front() == 'o') kept += "s=-\r\nt=0 0\r\n";
    }
  }
  return kept;
}

}  // namespace sip
