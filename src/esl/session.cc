#include "esl/session.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/check.h"
#include "base/text.h"
#include "esl/event_names.h"

namespace esl {
namespace {

// A client that does not know the password has no use for more tries than these.
constexpr int kRefusalsMax = 3;
// A job's own id comes back in an event, so it is not taken at any length.
constexpr std::size_t kJobUuidMax = 256;

constexpr std::string_view kUnknown = "-ERR command not found";
constexpr std::string_view kNoKeywords = "-ERR no keywords supplied";
constexpr std::string_view kNoSession = "-ERR not controlling a session";
// What a full inbox of the core looks like from outside.
constexpr std::string_view kBusy = "-ERR server too busy";

std::string command_reply(std::string_view text) {
  return "Content-Type: command/reply\nReply-Text: " + std::string(text) + "\n\n";
}

std::string api_reply(std::string_view text) {
  return "Content-Type: api/response\nContent-Length: " + std::to_string(text.size()) + "\n\n" +
         std::string(text);
}

Reaction reply(std::string_view text) {
  return {.output = command_reply(text), .request = {}, .refusal = {}};
}

bool begins_with(std::string_view text, std::string_view prefix) {
  return base::equal_ignoring_case(text.substr(0, prefix.size()), prefix);
}

// Compares in a time that does not tell how much was right.
bool same_secret(std::string_view given, std::string_view secret) {
  std::size_t difference = given.size() ^ secret.size();
  for (std::size_t i = 0; i < given.size(); ++i) {
    const char expected = secret.empty() ? '\0' : secret[i % secret.size()];
    difference |= static_cast<unsigned char>(given[i] ^ expected);
  }
  return difference == 0;
}

// The first word of a text and what follows it, without the blanks between.
std::pair<std::string_view, std::string_view> cut_word(std::string_view text) {
  text = base::trim(text);
  const std::size_t blank = text.find(' ');
  if (blank == std::string_view::npos) return {text, {}};
  return {text.substr(0, blank), base::trim(text.substr(blank))};
}

// Headers that the server fills in itself; a client's own would stand beside them.
bool is_reserved(std::string_view header) {
  static constexpr std::string_view kNames[] = {"Event-Name", "Event-Subclass", "Event-Sequence",
                                                "Core-UUID", "Content-Length"};
  const auto same = [header](std::string_view name) {
    return base::equal_ignoring_case(header, name);
  };
  return std::ranges::any_of(kNames, same) || begins_with(header, "Event-Date-") ||
         begins_with(header, "Event-Calling-") || begins_with(header, "FreeSWITCH-");
}

}  // namespace

// ---- the commands ------------------------------------------------------------------------------

// How the first line selects a command. The original compares beginnings, and clients rely on it:
// `events plain ALL` works. Where the name ends with a blank the command needs an argument, even an
// empty one (`api ` is a command, `api` is not).
struct Session::Command {
  std::string_view name;
  Reaction (Session::*handle)(const Frame&, std::string_view rest, base::Ticket);

  static const Command* find(std::string_view line) {
    static constexpr std::array<Command, 14> kAll = {{
        {"api ", &Session::api},
        {"bgapi ", &Session::bgapi},
        {"event", &Session::event},
        {"nixevent", &Session::nixevent},
        {"noevents", &Session::noevents},
        {"myevents", &Session::myevents},
        {"filter ", &Session::filter},
        {"sendevent", &Session::sendevent},
        {"sendmsg", &Session::sendmsg},
        {"log", &Session::log},
        {"nolog", &Session::nolog},
        {"linger", &Session::linger},
        {"nolinger", &Session::linger},
        {"divert_events", &Session::divert_events},
    }};
    const auto* found = std::ranges::find_if(
        kAll, [line](const Command& command) { return begins_with(line, command.name); });
    return found == kAll.end() ? nullptr : found;
  }

  // What follows the command's word.
  std::string_view rest_of(std::string_view line) const {
    if (name.back() == ' ') return line.substr(name.size());
    return cut_word(line).second;
  }
};

// ---- Session -----------------------------------------------------------------------------------

Session::Session(std::string password, base::Random& random)
    : password_(std::move(password)), random_(random) {}

std::string_view Session::greeting() {
  return "Content-Type: auth/request\n\n";
}

std::string_view Session::farewell() {
  return "Content-Type: text/disconnect-notice\nContent-Length: 67\n\n"
         "Disconnected, goodbye.\nSee you at ClueCon! http://www.cluecon.com/\n";
}

Reaction Session::handle(const Frame& frame, base::Ticket ticket) {
  CHECK(!is_waiting() && !is_over());
  if (base::equal_ignoring_case(cut_word(frame.line).first, "exit")) {
    state_ = State::Over;
    return reply("+OK bye");
  }
  return is_known() ? handle_known(frame, ticket) : handle_stranger(frame);
}

std::string Session::end(FramingFault fault) {
  state_ = State::Over;
  return command_reply("-ERR " + std::string(to_text(fault)));
}

std::string Session::answer(std::string_view text) {
  CHECK(is_waiting());
  const Awaited awaited = std::exchange(awaited_, Awaited::Nothing);
  if (awaited == Awaited::MessageReply) return command_reply(base::trim(text));
  // spec/05 §2: an empty output is never sent as such.
  return api_reply(text.empty() ? "-ERR no reply\n" : text);
}

bool Session::wants(const base::EslEvent& event) const {
  return is_known() && subscription_.wants(event);
}

Reaction Session::handle_stranger(const Frame& frame) {
  static constexpr std::string_view kAuth = "auth ";
  if (begins_with(frame.line, kAuth)) {
    const bool right = same_secret(frame.line.substr(kAuth.size()), password_);
    state_ = right ? State::Known : State::Over;
    turned_away_ = !right;
    return reply(right ? "+OK accepted" : "-ERR invalid");
  }
  if (++refusals_ >= kRefusalsMax) {
    state_ = State::Over;
    turned_away_ = true;
  }
  return reply(kUnknown);
}

Reaction Session::handle_known(const Frame& frame, base::Ticket ticket) {
  const Command* command = Command::find(frame.line);
  if (command == nullptr) return reply(kUnknown);
  return (this->*command->handle)(frame, command->rest_of(frame.line), ticket);
}

Reaction Session::api(const Frame&, std::string_view rest, base::Ticket ticket) {
  // `api  echo`: the name is what stands between the two blanks.
  if (rest.empty() || rest.front() == ' ') {
    return {.output = api_reply("-ERR  Command not found!\n"), .request = {}, .refusal = {}};
  }
  awaited_ = Awaited::ApiReply;
  return {.output = {},
          .request = ApiRequest{ticket, std::string(rest), std::nullopt},
          .refusal = api_reply(std::string(kBusy) + "\n")};
}

Reaction Session::bgapi(const Frame& frame, std::string_view rest, base::Ticket ticket) {
  std::string job = frame.header("Job-UUID").substr(0, kJobUuidMax);
  if (job.empty()) job = random_.uuid();
  return {.output = "Content-Type: command/reply\nReply-Text: +OK Job-UUID: " + job +
                    "\nJob-UUID: " + job + "\n\n",
          .request = ApiRequest{ticket, std::string(rest), job},
          .refusal = command_reply(kBusy)};
}

Reaction Session::event(const Frame&, std::string_view rest, base::Ticket) {
  if (!subscription_.add(rest)) return reply(kNoKeywords);
  return reply("+OK event listener enabled " + std::string(to_text(subscription_.format())));
}

Reaction Session::nixevent(const Frame&, std::string_view rest, base::Ticket) {
  return reply(subscription_.remove(rest) ? "+OK events nixed" : kNoKeywords);
}

Reaction Session::noevents(const Frame&, std::string_view, base::Ticket) {
  subscription_.clear();
  return reply("+OK no longer listening for events");
}

Reaction Session::myevents(const Frame&, std::string_view rest, base::Ticket) {
  const auto [uuid, format] = cut_word(rest);
  if (uuid.empty()) return reply("-ERR invalid uuid");
  subscription_.add(std::string(format) + " ALL");
  subscription_.remove_filters("all", "");
  subscription_.add_filter("Unique-ID", uuid);
  return reply("+OK Events Enabled");
}

Reaction Session::filter(const Frame&, std::string_view rest, base::Ticket) {
  auto [header, value] = cut_word(rest);
  if (header.empty() || value.empty()) return reply("-ERR invalid syntax");
  if (!base::equal_ignoring_case(header, "delete")) {
    if (!subscription_.add_filter(header, value)) return reply("-ERR too many filters");
    return reply("+OK filter added. [" + std::string(header) + "]=[" + std::string(value) + "]");
  }
  std::tie(header, value) = cut_word(value);
  subscription_.remove_filters(header, value);
  return reply("+OK filter deleted. [" + std::string(header) + "][" + std::string(value) + "]");
}

Reaction Session::sendevent(const Frame& frame, std::string_view rest, base::Ticket) {
  base::EslEvent event;
  const auto name = known_event(cut_word(rest).first);
  event.name = name.empty() ? "CUSTOM" : name;
  if (event.name == "CUSTOM") event.subclass = frame.header("Event-Subclass");
  const std::string uuid = random_.uuid();
  event.add("Command", base::trim(frame.line));
  for (const auto& [header, value] : frame.headers) {
    if (!is_reserved(header)) event.add(header, value);
  }
  event.add("Event-UUID", uuid);
  event.body = frame.body;
  return {.output = command_reply("+OK " + uuid),
          .request = EventRequest{std::move(event)},
          .refusal = command_reply(kBusy)};
}

Reaction Session::sendmsg(const Frame& frame, std::string_view rest, base::Ticket ticket) {
  const std::string_view uuid = cut_word(rest).first;
  if (uuid.empty()) return reply("-ERR invalid session id []");
  awaited_ = Awaited::MessageReply;
  return {.output = {},
          .request = MessageRequest{ticket, std::string(uuid), frame.headers, frame.body},
          .refusal = command_reply(kBusy)};
}

Reaction Session::log(const Frame&, std::string_view rest, base::Ticket) {
  const auto word = rest.empty() ? std::string_view("DEBUG") : cut_word(rest).first;
  const auto level = parse_log_level(word);
  if (!level) return reply("-ERR invalid log level");
  log_level_ = level;
  return reply("+OK log level " + std::string(word));
}

Reaction Session::nolog(const Frame&, std::string_view, base::Ticket) {
  log_level_.reset();
  return reply("+OK no longer logging");
}

// `linger` and `divert_events` are for sockets that a dialplan opened for one leg.
Reaction Session::linger(const Frame&, std::string_view, base::Ticket) {
  return reply(kNoSession);
}

Reaction Session::divert_events(const Frame&, std::string_view, base::Ticket) {
  return reply(std::string(kNoSession) + ".");
}

}  // namespace esl
