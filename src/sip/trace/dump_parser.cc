#include "sip/trace/dump_parser.h"

#include <array>
#include <optional>

#include "base/text.h"
#include "sip/trace/fields.h"

namespace sip::trace {
namespace {

constexpr std::int64_t kDayUs = std::int64_t{86'400} * 1'000'000;
// Streams that are being put together, and how much of one: a peer that sends no SIP is not
// followed further.
constexpr std::size_t kStreamsMax = 4'096;
constexpr std::size_t kStreamBytesMax = 128 * 1024;
// A record's first line is shorter; what is longer is none.
constexpr std::size_t kHeadBytesMax = 256;

// No transport takes more at once; a head that says so is none, and nothing is kept for it.
constexpr std::int64_t kRecordBytesMax = std::int64_t{1} << 20;

// "14:19:56.083606" as microseconds of the day.
std::optional<std::int64_t> time_of_day(std::string_view text) {
  if (text.size() != 15) return std::nullopt;
  const auto hours = base::parse_integer(text.substr(0, 2));
  const auto minutes = base::parse_integer(text.substr(3, 2));
  const auto seconds = base::parse_integer(text.substr(6, 2));
  const auto micros = base::parse_integer(text.substr(9));
  if (!hours || !minutes || !seconds || !micros) return std::nullopt;
  return ((*hours * 60 + *minutes) * 60 + *seconds) * 1'000'000 + *micros;
}

// The time of the day nearest to now: it was a moment ago, before midnight perhaps.
std::int64_t nearest(std::int64_t of_day, std::int64_t now_us) {
  std::int64_t at = now_us - now_us % kDayUs + of_day;
  if (at > now_us + kDayUs / 2) at -= kDayUs;
  if (at < now_us - kDayUs / 2) at += kDayUs;
  return at;
}

// "udp/[127.0.0.1]:5060"
bool read_peer(std::string_view text, Message& message) {
  const std::size_t slash = text.find("/[");
  const std::size_t close = text.rfind("]:");
  if (slash == std::string_view::npos || close == std::string_view::npos || close < slash) {
    return false;
  }
  const auto port = base::parse_integer(text.substr(close + 2));
  if (!port || *port < 0 || *port > 65535) return false;
  message.transport = text.substr(0, slash);
  message.remote = {std::string(text.substr(slash + 2, close - slash - 2)),
                    static_cast<std::uint16_t>(*port)};
  return true;
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of("\r\n \t") == std::string_view::npos;
}

struct Record {
  Message message;
  std::size_t size = 0;
};

// nullopt: the line begins no record.
std::optional<Record> read_head(std::string_view line, std::int64_t unix_us) {
  const auto words = base::split(line, ' ');
  // recv 173 bytes from udp/[127.0.0.1]:5060 at 14:19:56.083606:
  if (words.size() != 7 || words[2] != "bytes" || words[5] != "at") return std::nullopt;
  if (words[0] != "recv" && words[0] != "sent") return std::nullopt;
  const auto size = base::parse_integer(words[1]);
  const auto at = time_of_day(std::string_view(words[6]).substr(0, words[6].size() - 1));
  Record record;
  if (!size || *size < 0 || *size > kRecordBytesMax || !at || !read_peer(words[4], record.message))
    return std::nullopt;
  record.size = static_cast<std::size_t>(*size);
  record.message.direction = words[0] == "sent" ? Direction::Sent : Direction::Received;
  record.message.unix_us = nearest(*at, unix_us);
  return record;
}

// How many bytes of `rest` the record has: of what is sent the library writes the headers only,
// though it counts the body too. nullopt: not all of them are there yet.
std::optional<std::size_t> size_of(const Record& record, std::string_view rest) {
  constexpr std::string_view kEnd = "\v\n";
  if (record.message.direction == Direction::Sent) {
    constexpr std::string_view kHeadersEnd = "\r\n\r\n\v\n";
    const std::size_t end = rest.find(kHeadersEnd);
    if (end != std::string_view::npos && end + 4 <= record.size) return end + 4;
  }
  if (rest.size() < record.size + kEnd.size()) return std::nullopt;
  return record.size;
}

}  // namespace

std::vector<Message> DumpParser::feed(std::string_view bytes, std::int64_t unix_us) {
  waiting_ += bytes;
  std::vector<Message> found;
  std::size_t done = 0;
  while (true) {
    const std::string_view rest = std::string_view(waiting_).substr(done);
    const std::size_t line_end = rest.find('\n');
    if (line_end == std::string_view::npos) {
      if (rest.size() > kHeadBytesMax) done = waiting_.size();
      break;
    }
    auto record = read_head(rest.substr(0, line_end), unix_us);
    if (!record) {
      done += line_end + 1;
      continue;
    }
    const std::string_view body = rest.substr(line_end + 1);
    const auto size = size_of(*record, body);
    if (!size) break;
    take(std::move(record->message), body.substr(0, *size), found);
    done += line_end + 1 + *size;
  }
  waiting_.erase(0, done);
  return found;
}

void DumpParser::take(Message message, std::string_view bytes, std::vector<Message>& found) {
  message.profile = ours_.profile;
  message.local = ours_.address;
  if (message.transport == "udp" || message.direction == Direction::Sent) {
    if (is_blank(bytes)) return;
    message.text = bytes;
    message.call_id = header(message.text, "Call-ID", 'i');
    found.push_back(std::move(message));
    return;
  }
  if (streams_.size() >= kStreamsMax && !streams_.contains(message.remote)) streams_.clear();
  std::string& stream = streams_[message.remote];
  stream += bytes;
  cut(message, stream, found);
  if (stream.empty() || stream.size() > kStreamBytesMax) streams_.erase(message.remote);
}

void DumpParser::cut(const Message& like, std::string& stream, std::vector<Message>& found) {
  while (true) {
    stream.erase(0, stream.find_first_not_of("\r\n"));
    const std::size_t head_end = stream.find("\r\n\r\n");
    if (head_end == std::string::npos) return;
    const std::size_t head = head_end + 4;
    const std::size_t body = content_length(std::string_view(stream).substr(0, head)).value_or(0);
    if (body > kStreamBytesMax) return stream.clear();
    if (stream.size() < head + body) return;
    Message message = like;
    message.text = stream.substr(0, head + body);
    message.call_id = header(message.text, "Call-ID", 'i');
    found.push_back(std::move(message));
    stream.erase(0, head + body);
  }
}

}  // namespace sip::trace
