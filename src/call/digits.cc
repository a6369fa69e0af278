#include "call/digits.h"

#include <chrono>
#include <string>
#include <string_view>

#include "base/text.h"
#include "call/callcenter.h"
#include "call/channel_data.h"
#include "call/check_mailbox.h"
#include "call/collecting.h"
#include "call/confirmation.h"
#include "call/digit_actions.h"
#include "call/eavesdrop.h"
#include "call/fifo.h"
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
void pass_on(Turn& turn, const Leg& other, const Leg& leg, const std::string& digit) {
  if (leg.last_digit && leg.last_digit->way == DigitWay::Tone) return;  // It has been heard.
  const bool takes_events = other.media.digits_payload_type >= 0;
  if (!takes_events) {
    turn.out.emplace_back(SignalDigit{other.id, digit});
  } else if (leg.last_digit && leg.last_digit->way == DigitWay::SipInfo) {
    turn.out.emplace_back(SendDigit{other.id, digit});
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

// Toward the phone of this leg, in the way it takes keys.
void press(Turn& turn, const Leg& leg, const std::string& digit) {
  const bool takes_events = leg.media.digits_payload_type >= 0;
  if (takes_events) {
    turn.out.emplace_back(SendDigit{leg.id, digit});
  } else {
    turn.out.emplace_back(SignalDigit{leg.id, digit});
  }
}

// A key that is pressed while nothing takes it waits for the next application that asks for keys.
void type_ahead(Leg& leg, const std::string& digit) {
  if (leg.runs<Collecting>() || leg.keys.ahead.size() >= kDigitsMax) return;
  leg.keys.ahead += digit;
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
  match_digit(turn, around, leg, pressed.digit);
}

void deliver_digit(Turn& turn, Surroundings& around, Leg& leg, const std::string& digit) {
  if (leg.runs<InQueue>()) return digit_in_queue(turn, leg, digit);
  if (leg.runs<Confirming>()) return key_pressed(turn, around, leg, digit);
  if (is_in_fifo(leg) && (digit_in_fifo(turn, around, leg, digit) || !leg.bridge)) return;
  if (const Leg* other = turn.leg(leg.bridge)) return pass_on(turn, *other, leg, digit);
  if (leg.runs<Eavesdropping>()) return digit_while_eavesdropping(turn, around, leg, digit);
  if (leg.runs<RecordingMessage>()) return digit_while_recording(turn, leg, digit);
  if (leg.runs<LeavingMessage>()) return digit_while_leaving(turn, around, leg, digit);
  if (leg.runs<CheckingMailbox>()) return digit_in_mailbox(turn, around, leg, digit);
  if (DigitCollector* collector = collector_of(leg)) {
    const auto collected = digit_typed(turn, leg, *collector, digit);
    if (collected) digits_collected(turn, around, leg, *collected);
    return;
  }
  if (leg.runs<Playing>() && digit_while_playing(turn, around, leg, digit)) return;
  type_ahead(leg, digit);
}

void run_send_dtmf(Turn& turn, Surroundings&, Leg& leg, const std::string& data) {
  constexpr std::string_view kKeys = "0123456789*#ABCD";
  const std::string_view digits = base::trim(std::string_view(data).substr(0, data.find('@')));
  const std::string text(digits.substr(0, kDigitsMax));
  if (text.empty()) return turn.warn(leg, leg.name + ": send_dtmf without digits");
  if (text.find_first_not_of(kKeys) != std::string::npos || digits.size() > kDigitsMax) {
    return turn.warn(leg, leg.name + ": send_dtmf " + text +
                              ": only 0-9 * # A-D are sent, at most " + std::to_string(kDigitsMax) +
                              " of them; nothing is sent");
  }
  for (const char digit : text) press(turn, leg, std::string(1, digit));
}

void run_flush_dtmf(Turn&, Surroundings&, Leg& leg, const std::string&) {
  leg.keys.ahead.clear();
}

}  // namespace call
