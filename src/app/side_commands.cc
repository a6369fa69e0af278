#include "app/side_commands.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/json_archive.h"
#include "base/log.h"
#include "base/text.h"
#include "sip/trace/ladder.h"

namespace app {
namespace {

using Words = std::vector<std::string>;
using sip::trace::Messages;
using sip::trace::Printing;
using sip::trace::Selection;

// What one reply may hold of the trace's text; older messages are left out of it.
constexpr std::size_t kReplyBytesMax = std::size_t{8} << 20;
constexpr std::string_view kTraceUsage =
    "-USAGE: sip_trace [call <uuid|call-id>|number <number>] [as json]\n";

Words words_of(std::string_view command) {
  Words words = base::split(command, ' ');
  words.erase(std::remove(words.begin(), words.end(), ""), words.end());
  return words;
}

bool is_word(const Words& words, std::size_t at, std::string_view word) {
  return at < words.size() && base::equal_ignoring_case(words[at], word);
}

// How the commands that are answered here begin; * is any word.
constexpr std::array<std::string_view, 6> kNames = {"sip_trace",
                                                    "log_level",
                                                    "fsctl loglevel",
                                                    "console loglevel",
                                                    "sofia profile * siptrace",
                                                    "sofia global siptrace"};

bool begins_with(const Words& words, std::string_view name) {
  const Words wanted = words_of(name);
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i] != "*" && !is_word(words, i, wanted[i])) return false;
  }
  return words.size() >= wanted.size();
}

// The newest that fit a reply.
Messages newest(Messages messages) {
  std::size_t bytes = 0;
  auto first = messages.end();
  while (first != messages.begin() && bytes < kReplyBytesMax) {
    --first;
    bytes += (*first)->text.size();
  }
  messages.erase(messages.begin(), first);
  return messages;
}

// Bytes that are no UTF-8 are replaced.
std::string json_of(const Messages& messages) {
  std::vector<sip::trace::Message> values;
  values.reserve(messages.size());
  for (const auto& message : messages) values.push_back(*message);
  return base::to_json(values) + "\n";
}

enum class Form { Ladder, Json };
struct TraceRequest {
  Selection selection;
  Form form = Form::Ladder;
};

// nullopt: the words are something else.
std::optional<TraceRequest> trace_request(const Words& words) {
  TraceRequest request;
  std::size_t at = 1;
  const bool call = is_word(words, at, "call");
  if (call || is_word(words, at, "number")) {
    if (words.size() < at + 2) return std::nullopt;
    request.selection = {.by = call ? Selection::By::Call : Selection::By::Number,
                         .value = words[at + 1]};
    at += 2;
  }
  if (is_word(words, at, "as") && is_word(words, at + 1, "json")) {
    request.form = Form::Json;
    at += 2;
  }
  if (at != words.size()) return std::nullopt;
  return request;
}

// ---- levels -------------------------------------------------------------------------------------

// The numbers under which the event socket and users of the original know them.
int number_of(base::LogLevel level) {
  switch (level) {
    case base::LogLevel::Debug:
      return 7;
    case base::LogLevel::Info:
      return 6;
    case base::LogLevel::Warning:
      return 4;
    case base::LogLevel::Error:
      break;
  }
  return 3;
}

// A word or a number from 0 to 9; what lies between our levels is the next quieter one.
std::optional<base::LogLevel> level_of(std::string_view word) {
  if (base::equal_ignoring_case(word, "err") || base::equal_ignoring_case(word, "crit") ||
      base::equal_ignoring_case(word, "alert")) {
    return base::LogLevel::Error;
  }
  if (base::equal_ignoring_case(word, "notice")) return base::LogLevel::Warning;
  if (const auto level = base::parse_log_level(word)) return level;
  const auto number = base::parse_integer(word);
  if (!number || *number < 0 || *number > 9) return std::nullopt;
  if (*number >= 7) return base::LogLevel::Debug;
  if (*number == 6) return base::LogLevel::Info;
  return *number >= 4 ? base::LogLevel::Warning : base::LogLevel::Error;
}

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return out;
}

std::string level_text(base::LogLevel level) {
  return fmt::format("{} [{}]", upper(to_text(level)), number_of(level));
}

void set_all(base::LogLevel level) {
  for (const base::LogArea area : base::kLogAreas) base::set_log_level(area, level);
}

// fsctl loglevel [LEVEL], console loglevel LEVEL
std::string loglevel(const Words& words) {
  const bool console = is_word(words, 0, "console");
  if (words.size() < 3) {
    return "+OK log level: " + level_text(base::log_level(base::LogArea::Server)) + "\n";
  }
  const auto level = level_of(words[2]);
  if (!level) return "-ERR syntax error, log level not set\n";
  set_all(*level);
  return (console ? "+OK console log level set to " : "+OK log level: ") + level_text(*level) +
         "\n";
}

std::string level_list() {
  std::string text;
  for (const base::LogArea area : base::kLogAreas) {
    text += fmt::format("{} {}\n", to_text(area), to_text(base::log_level(area)));
  }
  return text;
}

// log_level [AREA|all [LEVEL]]
std::string area_level(const Words& words) {
  constexpr std::string_view kUsage =
      "-USAGE: log_level [server|calls|sip|media|store|event_socket|configuration|all"
      " [debug|info|warning|error]]\n";
  if (words.size() == 1) return level_list();
  const bool all = is_word(words, 1, "all");
  const auto area = base::parse_log_area(words[1]);
  if ((!all && !area) || words.size() > 3) return std::string(kUsage);
  if (words.size() == 2) {
    return all ? level_list() : std::string(to_text(base::log_level(*area))) + "\n";
  }
  const auto level = level_of(words[2]);
  if (!level) return std::string(kUsage);
  if (all) {
    set_all(*level);
  } else {
    base::set_log_level(*area, *level);
  }
  return "+OK\n";
}

}  // namespace

bool SideCommands::knows(std::string_view command) {
  const Words words = words_of(command.substr(0, 512));
  return std::any_of(kNames.begin(), kNames.end(),
                     [&](std::string_view name) { return begins_with(words, name); });
}

std::span<const std::string_view> SideCommands::names() {
  return kNames;
}

void SideCommands::run(const std::string& command, Answer answer) {
  const Words words = words_of(command);
  if (is_word(words, 0, "sip_trace")) return trace(words, std::move(answer));
  if (is_word(words, 0, "log_level")) return answer(area_level(words));
  if (is_word(words, 1, "loglevel")) return answer(loglevel(words));
  answer(siptrace(words));
}

void SideCommands::trace(const Words& words, Answer answer) {
  const auto request = trace_request(words);
  if (!request) return answer(std::string(kTraceUsage));
  const auto print = [this, request = *request, answer] {
    const Messages found = newest(stack_.trace().select(request.selection));
    answer(request.form == Form::Json ? json_of(found) : sip::trace::ladder(found));
  };
  // On the sip thread only the reading; what may be long is made on the other one.
  const bool taken = stack_.after_reading_trace([this, print, answer] {
    if (!tasks_.put(print)) answer("-ERR overloaded, try again\n");
  });
  if (!taken) answer("-ERR overloaded, try again\n");
}

std::string SideCommands::siptrace(const Words& words) {
  const bool global = is_word(words, 1, "global");
  const std::size_t at = global ? 3 : 4;
  const bool on = is_word(words, at, "on");
  if (words.size() != at + 1 || (!on && !is_word(words, at, "off"))) {
    return "-USAGE: sofia profile <name>|global siptrace on|off\n";
  }
  const Printing printing = on ? Printing::On : Printing::Off;
  if (global) {
    stack_.trace().print({}, printing);
    return fmt::format("+OK Global siptrace {}\n", on ? "on" : "off");
  }
  const std::string& name = words[2];
  const auto& profiles = stack_.bound();
  const bool known = std::any_of(profiles.begin(), profiles.end(),
                                 [&](const auto& profile) { return profile.name == name; });
  if (!known) return fmt::format("Invalid Profile [{}]\n", name);
  stack_.trace().print(name, printing);
  return fmt::format("{} sip debugging on {}\n", on ? "Enabled" : "Disabled", name);
}

}  // namespace app
