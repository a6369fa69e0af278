// Asks a leg for digits: a prompt is played, and keys are taken until there are enough of them, one
// of the terminators is pressed, or no more come.
//
// A piece for applications that take digits (play_and_get_digits, read, …): the application keeps
// the collector in what it runs, names it in collector_of() and is told in digits_collected()
// (collecting.h). Keys, ends of sounds, the deadline, requests from outside and restarts find their
// way to it by that.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "base/archive.h"
#include "base/ids.h"
#include "base/time.h"

namespace call {

struct Leg;
struct Turn;

// Longer numbers are cut: the original's own bound.
inline constexpr std::size_t kDigitsMax = 128;

struct DigitsWanted {
  std::string prompt;              // A sound; empty: none.
  std::size_t max = 1;             // So many are enough.
  std::string terminators;         // Any of these keys ends it.
  base::Duration timeout{};        // From the prompt's end to the first key …
  base::Duration digit_timeout{};  // … and between two.
};

struct DigitCollector {
  DigitsWanted wanted;
  base::PlaybackId prompt;  // None when it has ended or was broken off.
  std::string typed;
};

struct Collected {
  std::string digits;      // Without the terminator; few or none when time was up.
  std::string terminator;  // The key that ended it, if one did.
};

// Plays the prompt, or waits for keys at once where there is none. Keys that were typed ahead are
// taken first. Returns: the digits, when those are enough.
std::optional<Collected> begin_collecting(Turn& turn, Leg& leg, DigitCollector& collector,
                                          DigitsWanted wanted);

// A key was pressed: it breaks the prompt off. Returns: the digits, when that was the last.
std::optional<Collected> digit_typed(Turn& turn, Leg& leg, DigitCollector& collector,
                                     const std::string& digit);

// A sound has ended. If it was the prompt, the time for the first key begins.
void collector_prompt_ended(Turn& turn, const Leg& leg, DigitCollector& collector,
                            base::PlaybackId playback);

// The deadline (Purpose::Kind::Digits of the leg) has come. Returns: what there is.
Collected take_collected(DigitCollector& collector);

void describe(base::Archive& archive, DigitsWanted& wanted);
void describe(base::Archive& archive, DigitCollector& collector);

}  // namespace call
