#include "app/console_session.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace app {
namespace {

constexpr std::string_view kHelp =
    "A line is a command of the server (docs/commands.md), or one about this console:\n"
    "  /event plain|json|xml ALL|NAMES   shows events; CUSTOM SUBCLASS for some of them\n"
    "  /nixevent NAMES, /noevents        shows fewer, none\n"
    "  /filter HEADER VALUE              only events with such a header\n"
    "  /log LEVEL, /nolog                shows lines of the log from a level on, none\n"
    "  /bgapi COMMAND                    does not wait for the reply; event BACKGROUND_JOB has it\n"
    "  /help                             this\n"
    "  /quit                             as the end of input does (Ctrl-D)\n";

// Commands of the event socket itself, under the same names.
constexpr std::array<std::string_view, 7> kOfTheSocket = {"event", "nixevent", "noevents", "filter",
                                                          "log",   "nolog",    "bgapi"};
// Whoever completes a name does not wait long for it, nor choose among more.
constexpr std::size_t kNamesMax = 1000;

bool is_one_of(std::string_view word, std::string_view a, std::string_view b, std::string_view c) {
  return base::equal_ignoring_case(word, a) || base::equal_ignoring_case(word, b) ||
         base::equal_ignoring_case(word, c);
}

}  // namespace

base::Result<ConsoleSession::Shown> ConsoleSession::run(std::string_view line) {
  line = base::trim(line);
  if (line.empty()) return Shown{};
  if (line.starts_with('/')) return run_own(line.substr(1));
  if (is_one_of(line, "quit", "exit", "bye")) return Shown{.text = {}, .has_quit = true};
  const auto reply = client_.api(line);
  if (!reply) return base::failure(reply.error());
  return Shown{.text = shown(*reply), .failed = is_failure(*reply)};
}

base::Result<ConsoleSession::Shown> ConsoleSession::run_own(std::string_view line) {
  const std::string_view word = line.substr(0, line.find(' '));
  if (is_one_of(word, "quit", "exit", "bye")) return Shown{.text = {}, .has_quit = true};
  if (base::equal_ignoring_case(word, "help")) return Shown{.text = std::string(kHelp)};
  const bool is_known =
      std::any_of(kOfTheSocket.begin(), kOfTheSocket.end(),
                  [&](std::string_view known) { return base::equal_ignoring_case(known, word); });
  if (!is_known) {
    return Shown{.text = shown("-ERR there is no /" + std::string(word) + "; see /help\n"),
                 .failed = true};
  }
  const auto reply = client_.command(line);
  if (!reply) return base::failure(reply.error());
  return Shown{.text = shown(*reply + "\n"), .failed = is_failure(*reply)};
}

base::Result<std::string> ConsoleSession::take_pushed() {
  const auto messages = client_.take_pushed();
  if (!messages) return base::failure(messages.error());
  std::string text;
  for (const auto& message : *messages) text += shown(message);
  return text;
}

std::string ConsoleSession::shown(std::string_view reply) const {
  if (output_ == Output::Terminal) return shown_reply(reply, colours_);
  std::string text(reply);
  if (!text.empty() && text.back() != '\n') text += '\n';
  return text;
}

std::string ConsoleSession::shown(const esl::Client::Message& message) const {
  const std::string_view type = message.header("Content-Type");
  if (type == "text/disconnect-notice") return {};
  if (output_ == Output::Raw) return message.body;
  if (type != "log/data") return shown_event(message.body, colours_);
  const auto level = base::parse_integer(message.header("Log-Level"));
  return shown_log_line(message.body, static_cast<int>(level.value_or(7)), colours_);
}

std::vector<std::string> ConsoleSession::complete(std::string_view before) {
  return completions(before,
                     {.queues = [this] { return first_column("callcenter_config queue list"); },
                      .agents = [this] { return first_column("callcenter_config agent list"); }});
}

// Names with anything in them that a terminal would obey are not offered.
std::vector<std::string> ConsoleSession::first_column(const std::string& command) {
  std::vector<std::string> names;
  const auto reply = client_.api(command);
  if (!reply) return names;
  const auto lines = base::split(*reply, '\n');
  for (std::size_t i = 1; i < lines.size() && names.size() < kNamesMax; ++i) {
    std::string name = lines[i].substr(0, lines[i].find('|'));
    const bool is_name = !name.empty() && !is_failure(name) && name != "+OK";
    if (is_name && harmless(name) == name) names.push_back(std::move(name));
  }
  return names;
}

}  // namespace app
