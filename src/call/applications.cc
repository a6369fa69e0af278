#include "call/applications.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>

#include "base/text.h"
#include "call/application_stack.h"
#include "call/bridge_call.h"
#include "call/callcenter.h"
#include "call/channel_data.h"
#include "call/collecting.h"
#include "call/dial_text.h"
#include "call/digit_actions.h"
#include "call/digits.h"
#include "call/eavesdrop.h"
#include "call/fifo.h"
#include "call/hang_up.h"
#include "call/inbound.h"
#include "call/limit.h"
#include "call/lookup.h"
#include "call/parking.h"
#include "call/playback.h"
#include "call/record.h"
#include "call/recording.h"
#include "call/requests.h"
#include "call/scheduling.h"
#include "call/script.h"
#include "call/tracking.h"
#include "call/voicemail.h"

namespace call {
namespace {

// The longest pause: a day.
constexpr std::int64_t kSleepMsMax = 86'400'000;
constexpr std::string_view kNoLocal = "nolocal:";

void run_answer(Turn& turn, Surroundings&, Leg& leg, const std::string&) {
  answer_leg(turn, leg);
}

void run_ring_ready(Turn& turn, Surroundings&, Leg& leg, const std::string&) {
  ring_leg(turn, leg);
}

void run_pre_answer(Turn& turn, Surroundings&, Leg& leg, const std::string&) {
  progress_leg(turn, leg);
}

// NAME=VALUE; a name alone unsets. Blanks at the end of a value stay: "SALES " is a prefix.
void set_from(Turn& turn, Leg& leg, std::string_view data) {
  const std::size_t equals = data.find('=');
  const std::string_view name = base::trim(data.substr(0, equals));
  const std::string_view value =
      equals == std::string_view::npos ? std::string_view() : data.substr(equals + 1);
  if (!leg.variables.set(name, value)) {
    turn.warn(leg, leg.name + ": variable " + std::string(name.substr(0, 80)) + " is not set: " +
                       (name.empty() ? "it has no name" : "it is too long, or there are too many"));
  }
}

void run_set(Turn& turn, Surroundings&, Leg& leg, const std::string& data) {
  set_from(turn, leg, data);
}

void run_unset(Turn&, Surroundings&, Leg& leg, const std::string& data) {
  leg.variables.unset(base::trim(data));
}

// NAME=VALUE, set here and listed in export_vars for the legs that are called from here. With
// nolocal: in front it is kept under a name that only an export takes off again.
void run_export(Turn& turn, Surroundings&, Leg& leg, const std::string& data) {
  std::string assignment(base::trim(data));
  if (assignment.rfind(kNoLocal, 0) == 0) {
    assignment = "_nolocal_" + assignment.substr(kNoLocal.size());
  }
  set_from(turn, leg, assignment);
  const std::string name(base::trim(assignment.substr(0, assignment.find('='))));
  std::string names(leg.variables.get("export_vars"));
  const auto known = base::split(names, ',');
  if (std::find(known.begin(), known.end(), name) != known.end()) return;
  if (!names.empty()) names += ',';
  leg.variables.set("export_vars", names + name);
}

void run_sleep(Turn& turn, Surroundings&, Leg& leg, const std::string& data) {
  const std::int64_t ms = std::clamp<std::int64_t>(base::lenient_integer(data), 0, kSleepMsMax);
  if (ms == 0) return;
  leg.execution.running = Sleeping{};
  turn.state.deadlines.arm(Purpose::of(Purpose::Kind::Sleep, leg.id),
                           turn.now + std::chrono::milliseconds(ms));
}

void run_hangup(Turn& turn, Surroundings&, Leg& leg, const std::string& data) {
  end_leg(turn, leg, parse_cause(data).value_or(Cause::NormalClearing), EndedBy::Us);
}

// NAME=VALUE NAME=VALUE …; ^^X in front: X separates them.
void run_multiset(Turn& turn, Surroundings&, Leg& leg, const std::string& data) {
  std::string_view list = data;
  char separator = ' ';
  if (list.size() > 2 && list.substr(0, 2) == "^^") {
    separator = list[2];
    list.remove_prefix(3);
  }
  for (const std::string& assignment : base::split(list, separator)) {
    if (!base::trim(assignment).empty()) set_from(turn, leg, assignment);
  }
}

// EXTENSION [DIALPLAN [CONTEXT]]; nullopt: nothing is there.
std::optional<TransferTo> parse_destination(std::string_view data) {
  std::vector<std::string> words;
  for (std::string& word : base::split(data, ' ')) {
    if (!word.empty()) words.push_back(std::move(word));
  }
  if (words.empty()) return std::nullopt;
  return TransferTo{words[0], words.size() > 2 ? words[2] : std::string()};
}

void run_transfer(Turn& turn, Surroundings& around, Leg& leg, const std::string& data) {
  const auto to = parse_destination(data);
  if (!to) return turn.warn(leg, leg.name + ": transfer without a destination");
  transfer_leg(turn, around, leg, *to);
}

void run_execute_extension(Turn& turn, Surroundings& around, Leg& leg, const std::string& data) {
  const auto to = parse_destination(data);
  if (!to) return turn.warn(leg, leg.name + ": execute_extension without an extension");
  if (insert_extension(turn, around, leg, *to)) return;
  turn.warn(leg, leg.name + ": execute_extension " + to->destination +
                     ": no such extension, or too many; the next action runs");
}

// nullopt: the word is no level.
std::optional<LogMade::Level> parse_level(std::string_view word) {
  const std::string level = base::to_lower(word);
  if (level == "warning") return LogMade::Level::Warning;
  for (const char* error : {"err", "error", "crit", "alert"}) {
    if (level == error) return LogMade::Level::Error;
  }
  for (const char* info : {"info", "notice", "debug"}) {
    if (level == info) return LogMade::Level::Info;
  }
  return std::nullopt;
}

// [LEVEL] TEXT
void run_log(Turn& turn, Surroundings&, Leg& leg, const std::string& data) {
  const std::size_t space = data.find(' ');
  const auto level = parse_level(std::string_view(data).substr(0, space));
  const std::string text = !level                       ? data
                           : space == std::string::npos ? std::string()
                                                        : data.substr(space + 1);
  turn.out.emplace_back(
      LogMade{level.value_or(LogMade::Level::Info), leg.name + " " + text, leg.uuid});
}

// [LEVEL]: all that is known of the leg, a line for each.
void run_info(Turn& turn, Surroundings&, Leg& leg, const std::string& data) {
  const auto level = parse_level(base::trim(data)).value_or(LogMade::Level::Info);
  base::EslEvent event;
  add_channel_data(turn.state, leg, event);
  for (const auto& [name, value] : event.headers) {
    turn.out.emplace_back(LogMade{level, leg.name + " " + name + ": [" + value + "]", leg.uuid});
  }
}

// What plays on the leg is broken off; in a dialplan nothing does.
void run_break(Turn& turn, Surroundings& around, Leg& leg, const std::string& data) {
  const bool all = base::equal_ignoring_case(base::trim(data), "all");
  request_break(turn, around, leg, all ? BreakOff::All : BreakOff::One);
}

// Waits for the hang-up.
void run_park(Turn& turn, Surroundings&, Leg& leg, const std::string&) {
  park_leg(turn, leg);
}

struct Named {
  std::string_view name;
  Application run;
};

constexpr std::array kApplications = {
    Named{"answer", run_answer},
    Named{"bind_digit_action", run_bind_digit_action},
    Named{"break", run_break},
    Named{"bridge", run_bridge},
    Named{"callcenter", run_callcenter},
    Named{"callcenter_track", run_callcenter_track},
    Named{"clear_digit_action", run_clear_digit_action},
    Named{"digit_action_set_realm", run_digit_action_set_realm},
    Named{"eavesdrop", run_eavesdrop},
    Named{"endless_playback", run_endless_playback},
    Named{"execute_extension", run_execute_extension},
    Named{"export", run_export},
    Named{"fifo", run_fifo},
    Named{"flush_dtmf", run_flush_dtmf},
    Named{"gentones", run_gentones},
    Named{"hangup", run_hangup},
    Named{"info", run_info},
    Named{"limit", run_limit},
    Named{"limit_execute", run_limit_execute},
    Named{"limit_release", run_limit_release},
    Named{"log", run_log},
    Named{"lua", run_lua},
    Named{"multiset", run_multiset},
    Named{"park", run_park},
    Named{"phrase", run_phrase},
    Named{"play_and_get_digits", run_play_and_get_digits},
    Named{"playback", run_playback},
    Named{"pre_answer", run_pre_answer},
    Named{"read", run_read},
    Named{"record", run_record},
    Named{"record_session", run_record_session},
    Named{"ring_ready", run_ring_ready},
    Named{"say", run_say},
    Named{"sched_broadcast", run_sched_broadcast},
    Named{"sched_cancel", run_sched_cancel},
    Named{"sched_hangup", run_sched_hangup},
    Named{"sched_transfer", run_sched_transfer},
    Named{"send_dtmf", run_send_dtmf},
    Named{"set", run_set},
    Named{"sleep", run_sleep},
    Named{"stop_record_session", run_stop_record_session},
    Named{"transfer", run_transfer},
    Named{"unset", run_unset},
    Named{"voicemail", run_voicemail},
};

}  // namespace

std::string expand_data(const Turn& turn, Surroundings& around, const Leg& leg,
                        const dialplan::Action& action) {
  if (!base::equal_ignoring_case(action.application, "bridge")) {
    return expand_for(turn, around, leg, action.data);
  }
  LegLookup lookup(turn, around, leg);
  return expand_dial_string(action.data, lookup);
}

Application find_application(std::string_view name) {
  for (const Named& application : kApplications) {
    if (base::equal_ignoring_case(application.name, name)) return application.run;
  }
  return nullptr;
}

}  // namespace call
