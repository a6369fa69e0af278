#include "call/limit.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <vector>

#include "base/text.h"
#include "call/application_stack.h"
#include "call/applications.h"
#include "call/cause.h"
#include "call/hang_up.h"

namespace call {
namespace {

constexpr const char* kExceededExtension = "limit_exceeded";
// What a line of the log shows of a text that a caller may have sent.
constexpr std::size_t kLoggedMax = 80;

struct Wanted {
  LimitKey key;
  std::string max_text;
  std::optional<std::int64_t> max;      // None: only counted.
  std::optional<base::Duration> every;  // The interval that `max` is for.
  std::vector<std::string> then;        // The words behind it …
  int words_before = 3;                 // … and how many there are before.
};

enum class Outcome { Taken, Exceeded, NotCounted };

bool is_number(std::string_view word) {
  if (word.front() == '-' || word.front() == '+') word.remove_prefix(1);
  return !word.empty() && word.front() >= '0' && word.front() <= '9';
}

// "3", "3/1", "-1".
void read_max(Wanted& wanted, const std::string& text) {
  wanted.max_text = text;
  const std::size_t slash = text.find('/');
  const std::int64_t max = base::lenient_integer(text.substr(0, slash));
  if (max >= 0) wanted.max = max;
  if (slash == std::string::npos) return;
  const std::int64_t seconds = base::lenient_integer(text.substr(slash + 1));
  if (seconds <= 0) return;
  wanted.every = std::chrono::seconds(std::min(seconds, kLimitSecondsMax));
}

// nullopt, with a line in the log: this cannot be counted.
std::optional<Wanted> read(const Turn& turn, const Leg& leg, const std::string& application,
                           std::string_view data) {
  std::vector<std::string> words = base::split(data, ' ');
  std::erase(words, "");
  if (words.size() < 3) {
    turn.warn(leg, leg.name + ": " + application + " without backend, realm and id; not counted");
    return std::nullopt;
  }
  if (!is_limit_backend(words[0])) {
    turn.out.emplace_back(LogMade{LogMade::Level::Error,
                                  leg.name + ": " + application + ": there is no backend " +
                                      words[0].substr(0, kLoggedMax) +
                                      "; the call goes on and is not counted",
                                  leg.uuid});
    return std::nullopt;
  }
  Wanted wanted;
  wanted.key = limit_key(words[1], words[2]);
  // A variable that is not set leaves no word, and none of the others may be taken for a number.
  if (words.size() > 3 && is_number(words[3])) {
    read_max(wanted, words[3]);
    wanted.words_before = 4;
  }
  wanted.then.assign(words.begin() + wanted.words_before, words.end());
  return wanted;
}

bool holds(const Leg& leg, const LimitKey& key) {
  return std::any_of(leg.limits.begin(), leg.limits.end(),
                     [&](const HeldLimit& held) { return held.key == key; });
}

// What the dialplan may ask for afterwards, under the names that its users know.
void show(const Turn& turn, Leg& leg, const Wanted& wanted) {
  const LimitUsage usage = turn.state.limits.usage(wanted.key, turn.now);
  leg.variables.set("limit_realm", wanted.key.realm);
  leg.variables.set("limit_id", wanted.key.id);
  leg.variables.set("limit_max", wanted.max_text);
  leg.variables.set("limit_usage", std::to_string(usage.held));
  leg.variables.set("limit_usage_" + wanted.key.realm + "_" + wanted.key.id,
                    std::to_string(usage.held));
  if (wanted.every) leg.variables.set("limit_rate", std::to_string(usage.taken));
}

bool is_exceeded(const Turn& turn, const Leg& leg, const Wanted& wanted) {
  if (!wanted.max) return false;
  const LimitUsage usage = turn.state.limits.usage(wanted.key, turn.now);
  if (wanted.every) return usage.taken >= *wanted.max;
  const std::int64_t of_others = usage.held - (holds(leg, wanted.key) ? 1 : 0);
  return of_others >= *wanted.max;
}

Outcome take(Turn& turn, Leg& leg, const Wanted& wanted, bool ends_with_action) {
  Limits& limits = turn.state.limits;
  if (is_exceeded(turn, leg, wanted)) {
    show(turn, leg, wanted);
    return Outcome::Exceeded;
  }
  const bool held_before = holds(leg, wanted.key);
  if ((!held_before && leg.limits.size() >= kLimitsPerLegMax) ||
      !limits.has_room_for(wanted.key, turn.now)) {
    turn.warn(leg, leg.name + ": too many limited resources are in use; not counted");
    return Outcome::NotCounted;
  }
  if (!held_before) {
    limits.hold(wanted.key);
    leg.limits.push_back({wanted.key, ends_with_action});
  }
  if (wanted.every) limits.take(wanted.key, *wanted.every, turn.now);
  show(turn, leg, wanted);
  return Outcome::Taken;
}

void turn_away(Turn& turn, Surroundings& around, Leg& leg, const Wanted& wanted) {
  const std::string to = wanted.then.empty() ? kExceededExtension : wanted.then[0];
  turn.out.emplace_back(LogMade{LogMade::Level::Info,
                                leg.name + ": limit " + wanted.max_text + " of " +
                                    wanted.key.realm + " " + wanted.key.id + " is reached: " + to,
                                leg.uuid});
  if (to.front() == '!') {
    const Cause cause = parse_cause(to.substr(1)).value_or(Cause::NormalCircuitCongestion);
    return end_leg(turn, leg, cause, EndedBy::Us);
  }
  const std::string context = wanted.then.size() > 2 ? wanted.then[2] : std::string();
  transfer_leg(turn, around, leg, {to, context});
}

// The rest of a text as it is written.
std::string_view behind_words(std::string_view data, int words) {
  for (; words > 0; --words) {
    data.remove_prefix(std::min(data.find_first_not_of(' '), data.size()));
    data.remove_prefix(std::min(data.find(' '), data.size()));
  }
  return base::trim(data);
}

template <class Which>
void let_go_if(MachineState& state, Leg& leg, Which which) {
  for (const HeldLimit& held : leg.limits) {
    if (which(held)) state.limits.let_go(held.key);
  }
  std::erase_if(leg.limits, which);
}

}  // namespace

void run_limit(Turn& turn, Surroundings& around, Leg& leg, const std::string& data) {
  const auto wanted = read(turn, leg, "limit", data);
  if (!wanted || take(turn, leg, *wanted, false) != Outcome::Exceeded) return;
  turn_away(turn, around, leg, *wanted);
}

void run_limit_execute(Turn& turn, Surroundings& around, Leg& leg, const std::string& data) {
  const auto wanted = read(turn, leg, "limit_execute", data);
  if (!wanted || wanted->then.empty()) return;
  const Application run = find_application(wanted->then[0]);
  if (run == nullptr) {
    return turn.warn(leg, leg.name + ": limit_execute: unknown application " +
                              wanted->then[0].substr(0, kLoggedMax));
  }
  if (take(turn, leg, *wanted, true) == Outcome::Exceeded) return;
  run(turn, around, leg, std::string(behind_words(data, wanted->words_before + 1)));
}

void run_limit_release(Turn& turn, Surroundings&, Leg& leg, const std::string& data) {
  std::vector<std::string> words = base::split(data, ' ');
  std::erase(words, "");
  if (words.size() < 3) return let_go_of_all(turn.state, leg);
  let_go_of(turn.state, leg, limit_key(words[1], words[2]));
}

bool is_limit_backend(std::string_view name) {
  return base::equal_ignoring_case(name, "hash") || base::equal_ignoring_case(name, "db");
}

LimitKey limit_key(std::string_view realm, std::string_view id) {
  return {std::string(realm.substr(0, kLimitTextMax)), std::string(id.substr(0, kLimitTextMax))};
}

void let_go_of(MachineState& state, Leg& leg, const LimitKey& key) {
  let_go_if(state, leg, [&](const HeldLimit& held) { return held.key == key; });
}

void let_go_of_all(MachineState& state, Leg& leg) {
  let_go_if(state, leg, [](const HeldLimit&) { return true; });
}

void let_go_of_actions(MachineState& state, Leg& leg) {
  let_go_if(state, leg, [](const HeldLimit& held) { return held.ends_with_action; });
}

void let_go_for_transfer(MachineState& state, Leg& leg) {
  if (base::is_true(leg.variables.get("limit_ignore_transfer"))) return;
  let_go_of_all(state, leg);
}

std::map<LimitKey, std::int64_t> held_by_legs(const MachineState& state) {
  std::map<LimitKey, std::int64_t> held;
  for (const auto& [id, leg] : state.legs) {
    for (const HeldLimit& one : leg.limits) ++held[one.key];
  }
  return held;
}

}  // namespace call
