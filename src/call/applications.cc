#include "call/applications.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "base/text.h"
#include "call/application_stack.h"
#include "call/callcenter.h"
#include "call/hang_up.h"
#include "call/inbound.h"
#include "call/playback.h"

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
    turn.warn(leg.name + ": variable " + std::string(name.substr(0, 80)) + " is not set: " +
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

// EXTENSION [DIALPLAN [CONTEXT]]
void run_transfer(Turn& turn, Surroundings& around, Leg& leg, const std::string& data) {
  std::vector<std::string> words;
  for (std::string& word : base::split(data, ' ')) {
    if (!word.empty()) words.push_back(std::move(word));
  }
  if (words.empty()) return turn.warn(leg.name + ": transfer without a destination");
  transfer_leg(turn, around, leg, {words[0], words.size() > 2 ? words[2] : std::string()});
}

// [LEVEL] TEXT
void run_log(Turn& turn, Surroundings&, Leg& leg, const std::string& data) {
  const std::size_t space = data.find(' ');
  const std::string level = base::to_lower(data.substr(0, space));
  const bool is_level = level == "warning" || level == "err" || level == "error" ||
                        level == "crit" || level == "alert" || level == "info" ||
                        level == "notice" || level == "debug";
  const std::string text = !is_level                    ? data
                           : space == std::string::npos ? std::string()
                                                        : data.substr(space + 1);
  auto as = LogMade::Level::Info;
  if (level == "warning") as = LogMade::Level::Warning;
  if (level == "err" || level == "error" || level == "crit" || level == "alert") {
    as = LogMade::Level::Error;
  }
  turn.out.emplace_back(LogMade{as, leg.name + " " + text});
}

// Waits for the hang-up.
void run_park(Turn&, Surroundings&, Leg& leg, const std::string&) {
  leg.execution.running = Parked{};
}

struct Named {
  std::string_view name;
  Application run;
};

constexpr std::array kApplications = {
    Named{"answer", run_answer},
    Named{"callcenter", run_callcenter},
    Named{"endless_playback", run_endless_playback},
    Named{"export", run_export},
    Named{"hangup", run_hangup},
    Named{"log", run_log},
    Named{"park", run_park},
    Named{"playback", run_playback},
    Named{"pre_answer", run_pre_answer},
    Named{"ring_ready", run_ring_ready},
    Named{"set", run_set},
    Named{"sleep", run_sleep},
    Named{"transfer", run_transfer},
    Named{"unset", run_unset},
};

}  // namespace

Application find_application(std::string_view name) {
  for (const Named& application : kApplications) {
    if (base::equal_ignoring_case(application.name, name)) return application.run;
  }
  return nullptr;
}

}  // namespace call
