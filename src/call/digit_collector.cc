#include "call/digit_collector.h"

#include <utility>

#include "call/inbound.h"
#include "call/sounds.h"
#include "call/turn.h"

namespace call {
namespace {

void wait_for_digit(Turn& turn, const Leg& leg, base::Duration timeout) {
  turn.state.deadlines.arm(Purpose::of(Purpose::Kind::Digits, leg.id), turn.now + timeout);
}

// Returns: the digits, when `key` was the last.
std::optional<Collected> take(DigitCollector& collector, const std::string& key) {
  if (collector.wanted.terminators.find(key) != std::string::npos) {
    return Collected{std::exchange(collector.typed, {}), key};
  }
  collector.typed += key;
  if (collector.typed.size() < collector.wanted.max) return std::nullopt;
  return take_collected(collector);
}

// Keys that were pressed before they were asked for. Those behind the last one wait on.
std::optional<Collected> take_typed_ahead(Leg& leg, DigitCollector& collector) {
  std::string ahead = std::exchange(leg.keys.ahead, {});
  for (std::size_t i = 0; i < ahead.size(); ++i) {
    const auto collected = take(collector, std::string(1, ahead[i]));
    if (!collected) continue;
    leg.keys.ahead = ahead.substr(i + 1);
    return collected;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Collected> begin_collecting(Turn& turn, Leg& leg, DigitCollector& collector,
                                          DigitsWanted wanted) {
  collector = DigitCollector{std::move(wanted), {}, {}};
  if (auto collected = take_typed_ahead(leg, collector)) return collected;
  if (!collector.typed.empty()) {
    wait_for_digit(turn, leg, collector.wanted.digit_timeout);
  } else if (collector.wanted.prompt.empty()) {
    wait_for_digit(turn, leg, collector.wanted.timeout);
  } else {
    // A call that is not answered yet hears it as early media.
    progress_leg(turn, leg);
    collector.prompt = play_sound(turn, leg, collector.wanted.prompt, Repeat::Once);
  }
  return std::nullopt;
}

std::optional<Collected> digit_typed(Turn& turn, Leg& leg, DigitCollector& collector,
                                     const std::string& digit) {
  if (collector.prompt) {
    collector.prompt = {};
    stop_sound(turn, leg);
  }
  auto collected = take(collector, digit);
  if (collected) {
    turn.state.deadlines.cancel(Purpose::of(Purpose::Kind::Digits, leg.id));
  } else {
    wait_for_digit(turn, leg, collector.wanted.digit_timeout);
  }
  return collected;
}

void collector_prompt_ended(Turn& turn, const Leg& leg, DigitCollector& collector,
                            base::PlaybackId playback) {
  if (!collector.prompt || collector.prompt != playback) return;
  collector.prompt = {};
  wait_for_digit(turn, leg, collector.wanted.timeout);
}

Collected take_collected(DigitCollector& collector) {
  return Collected{std::exchange(collector.typed, {}), {}};
}

void describe(base::Archive& archive, DigitsWanted& wanted) {
  archive.field("prompt", wanted.prompt);
  archive.field("max", wanted.max);
  archive.field("terminators", wanted.terminators);
  archive.field("timeout", wanted.timeout);
  archive.field("digit_timeout", wanted.digit_timeout);
}

void describe(base::Archive& archive, DigitCollector& collector) {
  archive.field("wanted", collector.wanted);
  archive.field("prompt", collector.prompt);
  archive.field("typed", collector.typed);
}

}  // namespace call
