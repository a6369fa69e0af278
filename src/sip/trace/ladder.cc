#include "sip/trace/ladder.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "sip/trace/fields.h"

namespace sip::trace {
namespace {

// "12:00:00.000" and a gap.
constexpr std::size_t kTimeWidth = 14;
constexpr std::size_t kColumnWidth = 28;
constexpr const char* kUs = "Ringmaster";

std::string time_text(std::int64_t unix_us) {
  const std::int64_t ms = unix_us / 1000;
  return fmt::format("{:02}:{:02}:{:02}.{:03}", ms / 3'600'000 % 24, ms / 60'000 % 60,
                     ms / 1000 % 60, ms % 1000);
}

std::string address_text(const Address& address) {
  const bool v6 = address.host.find(':') != std::string::npos;
  return v6 ? fmt::format("[{}]:{}", address.host, address.port)
            : fmt::format("{}:{}", address.host, address.port);
}

// "INVITE (SDP)", "180 Ringing", "200 OK to BYE".
std::string label(const Message& message) {
  const std::string_view line = first_line(message.text);
  std::string text;
  if (is_response(message.text)) {
    const std::size_t space = line.find(' ');
    text = space == std::string_view::npos ? line : line.substr(space + 1);
    const std::string_view cseq = header(message.text, "CSeq", '\0');
    const std::size_t method = cseq.rfind(' ');
    if (method != std::string_view::npos && cseq.substr(method + 1) != "INVITE") {
      text.append(" to ").append(cseq.substr(method + 1));
    }
  } else {
    text = line.substr(0, line.find(' '));
  }
  const bool sdp = header(message.text, "Content-Type", 'c') == "application/sdp";
  if (sdp) text += " (SDP)";
  return text;
}

// Our column is the second: left of it who called first, right of it all others.
class Columns {
 public:
  explicit Columns(const Messages& messages) {
    for (const MessagePtr& message : messages) {
      const auto [place, is_new] = at_.try_emplace(message->remote, names_.size());
      if (is_new) names_.push_back(address_text(message->remote));
    }
    total_ = names_.size();
    names_.resize(std::min(names_.size(), kColumnsMax - 1));
    if (!names_.empty()) names_.insert(names_.begin() + 1, kUs);
  }

  const std::vector<std::string>& names() const { return names_; }
  std::size_t left_out() const { return total_ + 1 - std::min(total_ + 1, names_.size()); }
  // Returns: names().size() when it has no column.
  std::size_t of(const Address& remote) const {
    const std::size_t index = at_.at(remote);
    const std::size_t column = index == 0 ? 0 : index + 1;
    return std::min(column, names_.size());
  }

 private:
  std::map<Address, std::size_t> at_;
  std::vector<std::string> names_;
  std::size_t total_ = 0;
};

constexpr std::size_t kOurs = 1;

std::string centred(std::string_view text, std::size_t width, char fill) {
  const std::string cut(text.substr(0, width));
  const std::size_t before = (width - cut.size()) / 2;
  return std::string(before, fill) + cut + std::string(width - cut.size() - before, fill);
}

std::size_t middle(std::size_t column) {
  return kTimeWidth + column * kColumnWidth + kColumnWidth / 2;
}

std::string head_line(const Columns& columns) {
  std::string line(kTimeWidth, ' ');
  for (const std::string& name : columns.names()) line += centred(name, kColumnWidth, ' ');
  line.erase(line.find_last_not_of(' ') + 1);
  return line + "\n";
}

std::string arrow_line(const Message& message, const Columns& columns, std::string_view text) {
  std::string line = time_text(message.unix_us);
  line.resize(middle(columns.names().size() - 1) + 1, ' ');
  for (std::size_t i = 0; i < columns.names().size(); ++i) line[middle(i)] = '|';
  const std::size_t theirs = columns.of(message.remote);
  const std::size_t from = message.direction == Direction::Sent ? kOurs : theirs;
  const std::size_t to = message.direction == Direction::Sent ? theirs : kOurs;
  const std::size_t begin = middle(std::min(from, to)) + 1;
  const std::size_t end = middle(std::max(from, to));
  // The label stands in the first column's width of the arrow, where its sender is.
  const std::size_t room = kColumnWidth - 6;
  std::string drawn(end - begin, '-');
  const std::string words = " " + std::string(text.substr(0, room - 2)) + " ";
  const std::size_t near = from < to ? 0 : drawn.size() - (kColumnWidth - 1);
  drawn.replace(near + (kColumnWidth - 1 - words.size()) / 2, words.size(), words);
  (from < to ? drawn.back() : drawn.front()) = from < to ? '>' : '<';
  line.replace(begin, drawn.size(), drawn);
  return line + "\n";
}

}  // namespace

std::string ladder(const Messages& messages) {
  if (messages.empty()) return "no messages\n";
  const Columns columns(messages);
  std::string out = head_line(columns);
  std::set<std::pair<Address, std::string_view>> seen;
  std::size_t not_drawn = 0;
  for (const MessagePtr& message : messages) {
    if (columns.of(message->remote) >= columns.names().size()) {
      ++not_drawn;
      continue;
    }
    std::string text = label(*message);
    if (!seen.emplace(message->remote, message->text).second) text += ", again";
    out += arrow_line(*message, columns, text);
  }
  if (not_drawn > 0) {
    out += fmt::format("{} more peers with {} messages are not drawn\n", columns.left_out(),
                       not_drawn);
  }
  return out;
}

}  // namespace sip::trace
