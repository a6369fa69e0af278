#include "call/collecting.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>
#include <vector>

#include "base/text.h"
#include "call/application_stack.h"
#include "call/inbound.h"
#include "call/sounds.h"
#include "call/surroundings.h"
#include "call/turn.h"
#include "dialplan/expression.h"

namespace call {
namespace {

using std::chrono::milliseconds;

// The default for the time to the first key and between two, as in the original.
constexpr milliseconds kTimeout{5000};
constexpr std::int64_t kTimeoutMsMax = 3'600'000;
constexpr std::int64_t kTriesMax = 128;
constexpr std::string_view kReadName = "read";
constexpr std::string_view kPlayName = "play_and_get_digits";

void warn_of(Turn& turn, const Leg& leg, std::string_view application, std::string_view data,
             const std::string& why) {
  constexpr std::size_t kShownMax = 200;
  turn.warn(leg, leg.name + ": " + std::string(application) + " " +
                     std::string(data.substr(0, kShownMax)) + ": " + why);
}

// Words between blanks; quotes hold one together, and '' is one that is empty.
std::vector<std::string> quoted_words(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  bool begun = false;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\'') {
      quoted = !quoted;
      begun = true;
    } else if (c == ' ' && !quoted) {
      if (begun) words.push_back(std::exchange(word, {}));
      begun = false;
    } else {
      // An expression's own backslashes stay; only a quote or a blank loses the one before it.
      const bool is_plain =
          c == '\\' && i + 1 < text.size() && (text[i + 1] == '\'' || text[i + 1] == ' ');
      word += is_plain ? text[++i] : c;
      begun = true;
    }
  }
  if (begun) words.push_back(std::move(word));
  return words;
}

milliseconds timeout_of(std::string_view word) {
  const auto ms = base::lenient_integer(word);
  return ms <= 0 ? kTimeout : milliseconds(std::min(ms, kTimeoutMsMax));
}

// "#", "#,*", "=#" (one of them has to be pressed), "+#" (it is part of the result), "none", "any".
void take_terminators(Collecting& running, std::string_view word) {
  if (base::equal_ignoring_case(word, "none")) return;
  if (base::equal_ignoring_case(word, "any")) word = "0123456789*#ABCD";
  bool keeps = false;
  for (const char c : word) {
    if (c == '=') {
      running.needs_terminator = true;
    } else if (c == '+') {
      keeps = true;
    } else if (c != ',') {
      running.asked.terminators += c;
      if (keeps) running.kept_terminators += c;
      keeps = false;
    }
  }
}

bool names_a_sound(std::string_view word) {
  return !word.empty() && !base::equal_ignoring_case(word, "silence");
}

// Why the two make no sense; empty: they do.
std::string take_numbers(Collecting& running, std::string_view least, std::string_view most) {
  const auto min = base::parse_integer(least);
  const auto max = base::parse_integer(most);
  if (!min || !max || *min < 0) return "the first two words are to be numbers of digits";
  const auto bound = static_cast<std::int64_t>(kDigitsMax);
  running.min = static_cast<std::uint64_t>(std::min(*min, bound));
  running.asked.max = static_cast<std::size_t>(std::clamp<std::int64_t>(*max, 1, bound));
  return *max < *min ? "the most digits are fewer than the least" : std::string();
}

Collecting& collecting(Leg& leg) {
  return std::get<Collecting>(leg.execution.running);
}

void ask(Turn& turn, Surroundings& around, Leg& leg);

// ---- what has come ------------------------------------------------------------------------------

void read_is_over(Turn& turn, Surroundings& around, Leg& leg, const Collected& collected) {
  const Collecting running = collecting(leg);
  if (!running.variable.empty()) leg.variables.set(running.variable, collected.digits);
  const bool is_enough = collected.digits.size() >= running.min;
  const bool by_time = collected.terminator.empty();
  leg.variables.set("read_result", is_enough ? "success" : by_time ? "timeout" : "failure");
  application_over(turn, around, leg);
}

bool is_valid(Turn& turn, const Leg& leg, const Collecting& running, const Collected& collected) {
  if (collected.digits.size() < running.min) return false;
  if (running.needs_terminator && collected.terminator.empty()) return false;
  if (running.expression.empty()) return true;
  const auto expression = dialplan::Expression::compile(running.expression);
  if (!expression) return false;
  const dialplan::Matched matched = expression->match(collected.digits);
  if (!matched.problem.empty()) turn.warn(leg, leg.name + ": " + matched.problem);
  return static_cast<bool>(matched);
}

void give_up(Turn& turn, Surroundings& around, Leg& leg) {
  const auto words = base::split(collecting(leg).failure_destination, ' ');
  leg.variables.set("read_result", "failure");
  if (words[0].empty()) return application_over(turn, around, leg);
  transfer_leg(turn, around, leg, {words[0], words.size() > 2 ? words[2] : std::string()});
  application_over(turn, around, leg);
}

void try_again(Turn& turn, Surroundings& around, Leg& leg) {
  if (--collecting(leg).tries_left <= 0) return give_up(turn, around, leg);
  ask(turn, around, leg);
}

void answer_is_there(Turn& turn, Surroundings& around, Leg& leg, const Collected& collected) {
  Collecting& running = collecting(leg);
  if (is_valid(turn, leg, running, collected)) {
    std::string result = collected.digits;
    const std::string& key = collected.terminator;
    if (!key.empty() && running.kept_terminators.find(key) != std::string::npos) result += key;
    if (!running.variable.empty()) leg.variables.set(running.variable, result);
    leg.variables.set("read_result", "success");
    return application_over(turn, around, leg);
  }
  if (!running.variable.empty()) {
    leg.variables.unset(running.variable);
    leg.variables.set(running.variable + "_invalid", collected.digits);
  }
  if (running.invalid_sound.empty()) return try_again(turn, around, leg);
  // Keys that are pressed meanwhile do not count.
  leg.keys.ahead.clear();
  progress_leg(turn, leg);
  running.invalid = play_sound(turn, leg, running.invalid_sound, Repeat::Once);
}

void ask(Turn& turn, Surroundings& around, Leg& leg) {
  Collecting& running = collecting(leg);
  const auto collected = begin_collecting(turn, leg, running.collector, running.asked);
  if (collected) digits_collected(turn, around, leg, *collected);
}

void begin(Turn& turn, Surroundings& around, Leg& leg, Collecting running) {
  leg.variables.unset("read_terminator_used");
  leg.execution.running = std::move(running);
  ask(turn, around, leg);
}

}  // namespace

// MIN MAX SOUND VARIABLE TIMEOUT TERMINATORS
void run_read(Turn& turn, Surroundings& around, Leg& leg, const std::string& data) {
  const auto words = quoted_words(data);
  const auto refuse = [&](const std::string& why) {
    leg.variables.set("read_result", "failure");
    warn_of(turn, leg, kReadName, data, why + "; the next action runs");
  };
  if (words.size() < 4) return refuse("MIN MAX SOUND VARIABLE [TIMEOUT [TERMINATORS]] is expected");
  Collecting running;
  const std::string why = take_numbers(running, words[0], words[1]);
  if (!why.empty()) return refuse(why);
  if (names_a_sound(words[2])) running.asked.prompt = words[2];
  running.variable = words[3];
  running.asked.timeout = timeout_of(words.size() > 4 ? words[4] : std::string());
  running.asked.digit_timeout = running.asked.timeout;
  take_terminators(running, words.size() > 5 ? words[5] : "#");
  begin(turn, around, leg, std::move(running));
}

// MIN MAX TRIES TIMEOUT TERMINATORS SOUND INVALID [VARIABLE [EXPRESSION [DIGIT_TIMEOUT [FAILURE]]]]
void run_play_and_get_digits(Turn& turn, Surroundings& around, Leg& leg, const std::string& data) {
  constexpr std::size_t kNeeded = 7;
  auto words = quoted_words(data);
  const auto refuse = [&](const std::string& why) {
    leg.variables.set("read_result", "failure");
    warn_of(turn, leg, kPlayName, data, why + "; the next action runs");
  };
  if (words.size() < kNeeded) {
    return refuse("MIN MAX TRIES TIMEOUT TERMINATORS SOUND INVALID_SOUND … is expected");
  }
  const bool has_digit_timeout = words.size() > 9 && base::lenient_integer(words[9]) > 0;
  words.resize(std::max<std::size_t>(words.size(), 11));
  Collecting running;
  running.what = Collecting::For::PlayAndGetDigits;
  const std::string why = take_numbers(running, words[0], words[1]);
  if (!why.empty()) return refuse(why);
  running.tries_left = std::clamp<std::int64_t>(base::lenient_integer(words[2]), 1, kTriesMax);
  running.asked.timeout = timeout_of(words[3]);
  take_terminators(running, words[4]);
  if (names_a_sound(words[5])) running.asked.prompt = words[5];
  if (names_a_sound(words[6])) running.invalid_sound = words[6];
  running.variable = words[7];
  running.expression = words[8];
  if (const auto compiled = dialplan::Expression::compile(running.expression); !compiled) {
    return refuse("bad expression: " + compiled.error());
  }
  running.asked.digit_timeout = has_digit_timeout ? timeout_of(words[9]) : running.asked.timeout;
  running.failure_destination = words[10];
  begin(turn, around, leg, std::move(running));
}

DigitCollector* collector_of(Leg& leg) {
  auto* running = std::get_if<Collecting>(&leg.execution.running);
  return running == nullptr || running->invalid ? nullptr : &running->collector;
}

void digits_collected(Turn& turn, Surroundings& around, Leg& leg, const Collected& collected) {
  auto* running = std::get_if<Collecting>(&leg.execution.running);
  if (running == nullptr) return;
  if (!collected.terminator.empty()) {
    leg.variables.set("read_terminator_used", collected.terminator);
  }
  if (running->what == Collecting::For::Read) return read_is_over(turn, around, leg, collected);
  answer_is_there(turn, around, leg, collected);
}

void digits_due(Turn& turn, Surroundings& around, Leg& leg) {
  if (DigitCollector* collector = collector_of(leg)) {
    return digits_collected(turn, around, leg, take_collected(*collector));
  }
  // Something has come between, and it waits for no keys when it goes on.
  if (leg.execution.suspended) application_over(turn, around, leg);
}

void sound_while_collecting_ended(Turn& turn, Surroundings& around, Leg& leg,
                                  base::PlaybackId playback) {
  auto* running = std::get_if<Collecting>(&leg.execution.running);
  if (running != nullptr && running->invalid) {
    if (running->invalid != playback) return;
    running->invalid = {};
    return try_again(turn, around, leg);
  }
  if (DigitCollector* collector = collector_of(leg)) {
    collector_prompt_ended(turn, leg, *collector, playback);
  }
}

void playback_renewed(Leg& leg, base::PlaybackId before, base::PlaybackId now) {
  auto* running = std::get_if<Collecting>(&leg.execution.running);
  if (running != nullptr && running->invalid == before) running->invalid = now;
  if (auto* waiting = std::get_if<InFifo>(&leg.execution.running)) {
    if (waiting->sound == before) waiting->sound = now;
  } else if (auto* serving = std::get_if<ServesFifo>(&leg.execution.running)) {
    if (serving->sound == before) serving->sound = now;
  }
  DigitCollector* collector = collector_of(leg);
  if (collector != nullptr && collector->prompt == before) collector->prompt = now;
}

void describe(base::Archive& archive, Collecting& running) {
  archive.field("what", running.what);
  archive.field("collector", running.collector);
  archive.field("asked", running.asked);
  archive.field("min", running.min);
  archive.field("tries_left", running.tries_left);
  archive.field("needs_terminator", running.needs_terminator);
  archive.field("kept_terminators", running.kept_terminators);
  archive.field("variable", running.variable);
  archive.field("expression", running.expression);
  archive.field("invalid_sound", running.invalid_sound);
  archive.field("failure_destination", running.failure_destination);
  archive.field("invalid", running.invalid);
}

}  // namespace call
