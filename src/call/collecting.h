// The applications that ask for digits: read and play_and_get_digits. And where those that do so
// themselves are named (digit_collector.h).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/archive.h"
#include "base/ids.h"
#include "call/digit_collector.h"

namespace call {

struct Surroundings;

// One of the two, while it runs.
struct Collecting {
  static constexpr std::string_view kName = "Collecting";
  enum class For { Read, PlayAndGetDigits };
  For what = For::Read;
  DigitCollector collector;
  DigitsWanted asked;  // For the next try.
  std::uint64_t min = 0;
  std::int64_t tries_left = 0;
  bool needs_terminator = false;
  std::string kept_terminators;  // They are part of the result.
  std::string variable;
  std::string expression;  // Empty: everything is right.
  std::string invalid_sound;
  std::string failure_destination;  // "EXTENSION [DIALPLAN [CONTEXT]]"; empty: the next action.
  base::PlaybackId invalid;         // While the sound that says so plays.
};

void run_read(Turn& turn, Surroundings& around, Leg& leg, const std::string& data);
void run_play_and_get_digits(Turn& turn, Surroundings& around, Leg& leg, const std::string& data);

// The collector of what runs on the leg; nullptr: that takes no digits in this way.
DigitCollector* collector_of(Leg& leg);

// What runs on the leg has got what it asked for.
void digits_collected(Turn& turn, Surroundings& around, Leg& leg, const Collected& collected);

// The deadline Purpose::Kind::Digits of the leg has come.
void digits_due(Turn& turn, Surroundings& around, Leg& leg);

// A sound has ended on a leg that collects digits.
void sound_while_collecting_ended(Turn& turn, Surroundings& around, Leg& leg,
                                  base::PlaybackId playback);

// A sound that was interrupted plays again under another number.
void playback_renewed(Leg& leg, base::PlaybackId before, base::PlaybackId now);

void describe(base::Archive& archive, Collecting& running);

}  // namespace call
