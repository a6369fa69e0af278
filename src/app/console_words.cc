#include "app/console_words.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "api/known.h"
#include "base/text.h"

namespace app {
namespace {

constexpr std::string_view kQueue = "QUEUE";
constexpr std::string_view kAgent = "AGENT";

// A line by its words: alternatives with | between, QUEUE and AGENT for names, * for any word.
constexpr auto kLines = std::to_array<std::string_view>({
    "/event plain|json|xml ALL|CUSTOM callcenter::info",
    "/nixevent ALL|CUSTOM callcenter::info",
    "/noevents",
    "/filter",
    "/log debug|info|notice|warning|err|crit",
    "/nolog",
    "/bgapi",
    "/help",
    "/quit",
    "callcenter_config agent add * Callback|uuid-standby",
    "callcenter_config agent del|reload|list AGENT",
    "callcenter_config agent set status AGENT "
    "'Available'|'Available_(On_Demand)'|'On_Break'|'Logged_Out'",
    "callcenter_config agent set state AGENT Waiting|Receiving|Idle|Reserved",
    "callcenter_config agent set type AGENT Callback|uuid-standby",
    "callcenter_config agent set "
    "contact|uuid|ready_time|reject_delay_time|busy_delay_time|no_answer_delay_time|max_no_answer|"
    "wrap_up_time AGENT",
    "callcenter_config agent get status|state|uuid AGENT",
    "callcenter_config tier add|del|reload QUEUE AGENT",
    "callcenter_config tier set state|level|position QUEUE AGENT",
    "callcenter_config tier list",
    "callcenter_config queue load|unload|reload|estimate QUEUE",
    "callcenter_config queue list|count agents|members|tiers QUEUE",
    "callcenter_break agent",
    "console loglevel debug|info|notice|warning|err",
    "doctor",
    "drain status|cancel",
    "fifo list|count",
    "fsctl pause|resume|pause_check|shutdown_check|loglevel",
    "fsctl shutdown asap|elegant|now|cancel",
    "limit_interval_reset hash",
    "limit_reset hash",
    "limit_status hash",
    "limit_usage hash * * rate",
    "log_level all|server|calls|sip|media|store|event_socket|configuration "
    "debug|info|warning|error",
    "sched_api * none",
    "sched_broadcast * * * aleg|bleg|both",
    "show channels|calls|bridged_calls|registrations count",
    "show channels|calls|bridged_calls|registrations as json|xml|delim",
    "sip_trace call|number * as json",
    "sofia status profile * reg",
    "sofia profile * rescan",
    "sofia profile * siptrace on|off",
    "sofia global siptrace on|off",
    "uuid_broadcast * * aleg|bleg|both",
    "uuid_break * all",
    "uuid_dump * plain|json|xml",
    "uuid_kill",
    "uuid_limit_release * hash",
    "uuid_transfer * -bleg|-both",
    "version short",
    "vm_read * read|unread",
});

std::vector<std::string> names_for(std::string_view word, const ConsoleNames& names) {
  if (word == kQueue) return names.queues();
  if (word == kAgent) return names.agents();
  if (word == "*") return {};
  std::vector<std::string> words = base::split(word, '|');
  // A value of two words is one for the command when it is quoted.
  for (std::string& value : words) {
    if (value.starts_with('\'')) std::replace(value.begin(), value.end(), '_', ' ');
  }
  return words;
}

bool can_be(std::string_view typed, std::string_view word) {
  if (word == kQueue || word == kAgent || word == "*") return true;
  const auto words = base::split(word, '|');
  return std::any_of(words.begin(), words.end(),
                     [&](const std::string& one) { return base::equal_ignoring_case(one, typed); });
}

bool begins_like(const std::string& word, std::string_view begun) {
  return base::equal_ignoring_case(std::string_view(word).substr(0, begun.size()), begun);
}

void add_matching(const std::vector<std::string>& words, std::string_view begun,
                  std::vector<std::string>& found) {
  for (const std::string& word : words) {
    if (!word.empty() && begins_like(word, begun)) found.push_back(word);
  }
}

// What `line` allows behind `before`; nothing when they do not go together.
void add_next(std::string_view line, const std::vector<std::string>& before, std::string_view begun,
              const ConsoleNames& names, std::vector<std::string>& found) {
  const auto words = base::split(line, ' ');
  if (words.size() <= before.size()) return;
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (!can_be(before[i], words[i])) return;
  }
  add_matching(names_for(words[before.size()], names), begun, found);
}

}  // namespace

std::vector<std::string> completions(std::string_view typed, const ConsoleNames& names) {
  std::vector<std::string> words = base::split(typed, ' ');
  const std::string begun = words.back();
  words.pop_back();
  std::erase(words, "");
  std::vector<std::string> found;
  if (words.empty() && !begun.starts_with('/')) {
    for (const std::string_view name : api::command_names()) {
      if (begins_like(std::string(name), begun)) found.emplace_back(name);
    }
  }
  for (const std::string_view line : kLines) add_next(line, words, begun, names, found);
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

std::string common_beginning(const std::vector<std::string>& words) {
  if (words.empty()) return {};
  std::string shared = words.front();
  for (const std::string& word : words) {
    const auto [end, other] = std::mismatch(shared.begin(), shared.end(), word.begin(), word.end());
    shared.erase(end, shared.end());
  }
  return shared;
}

}  // namespace app
