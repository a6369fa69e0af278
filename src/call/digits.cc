#include "call/digits.h"

#include <chrono>

#include "call/callcenter.h"
#include "call/confirmation.h"
#include "call/playback.h"

namespace call {
namespace {

// The two tellings of one press arrive within a round trip of each other, and nobody presses the
// same key twice in this time and has the two told by different ways.
constexpr std::chrono::milliseconds kSamePress{500};

bool is_told_twice(const Leg& leg, const LastDigit& pressed) {
  const auto& last = leg.last_digit;
  return last && last->way != pressed.way && last->digit == pressed.digit &&
         pressed.at - last->at < kSamePress;
}

}  // namespace

void digit_pressed(Turn& turn, Surroundings& around, Leg& leg, const LastDigit& pressed) {
  if (leg.is_ending() || is_told_twice(leg, pressed)) return;
  leg.last_digit = pressed;
  if (leg.runs<InQueue>()) return digit_in_queue(turn, leg, pressed.digit);
  if (leg.runs<Confirming>()) return key_pressed(turn, leg, pressed.digit);
  if (leg.runs<Playing>()) digit_while_playing(turn, around, leg, pressed.digit);
}

}  // namespace call
