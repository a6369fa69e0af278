#include "call/digits.h"

#include <chrono>

#include "call/callcenter.h"
#include "call/channel_data.h"
#include "call/check_mailbox.h"
#include "call/confirmation.h"
#include "call/eavesdrop.h"
#include "call/leave_message.h"
#include "call/playback.h"
#include "call/record.h"

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

// To the other party of a bridge, in the way it takes keys. Media passes telephone-event on by
// itself where both sides have it.
void pass_on(Turn& turn, const Leg& other, const LastDigit& pressed) {
  if (pressed.way == DigitWay::Tone) return;  // It has been heard.
  const bool takes_events = other.media.digits_payload_type >= 0;
  if (!takes_events) {
    turn.out.emplace_back(SignalDigit{other.id, pressed.digit});
  } else if (pressed.way == DigitWay::SipInfo) {
    turn.out.emplace_back(SendDigit{other.id, pressed.digit});
  }
}

const char* source_of(DigitWay way) {
  switch (way) {
    case DigitWay::Rtp:
      return "RTP";
    case DigitWay::SipInfo:
      return "ENDPOINT";
    case DigitWay::Tone:
      return "INBAND_AUDIO";
  }
  return "UNKNOWN";
}

// It is told when the key goes down, so how long it is held is not known: the original's own
// default stands for it.
void tell(Turn& turn, const Leg& leg, const LastDigit& pressed) {
  constexpr const char* kDurationInSamples = "2000";
  publish(turn, leg, "DTMF",
          {{"DTMF-Digit", pressed.digit},
           {"DTMF-Duration", kDurationInSamples},
           {"DTMF-Source", source_of(pressed.way)}});
}

}  // namespace

void digit_pressed(Turn& turn, Surroundings& around, Leg& leg, const LastDigit& pressed) {
  if (leg.is_ending() || is_told_twice(leg, pressed)) return;
  leg.last_digit = pressed;
  tell(turn, leg, pressed);
  if (leg.runs<InQueue>()) return digit_in_queue(turn, leg, pressed.digit);
  if (leg.runs<Confirming>()) return key_pressed(turn, around, leg, pressed.digit);
  if (const Leg* other = turn.leg(leg.bridge)) return pass_on(turn, *other, pressed);
  if (leg.runs<Eavesdropping>()) return digit_while_eavesdropping(turn, around, leg, pressed.digit);
  if (leg.runs<RecordingMessage>()) return digit_while_recording(turn, leg, pressed.digit);
  if (leg.runs<LeavingMessage>()) return digit_while_leaving(turn, around, leg, pressed.digit);
  if (leg.runs<CheckingMailbox>()) return digit_in_mailbox(turn, around, leg, pressed.digit);
  if (leg.runs<Playing>()) digit_while_playing(turn, around, leg, pressed.digit);
}

}  // namespace call
