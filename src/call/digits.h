// Keys that people press on their phones, whatever way they are told.
#pragma once

#include <string>

#include "call/surroundings.h"
#include "call/turn.h"

namespace call {

// To the application that runs on the leg, or to the other party of its bridge. A phone that tells
// a key by RTP and by INFO pressed it once.
void digit_pressed(Turn& turn, Surroundings& around, Leg& leg, const LastDigit& pressed);

// A key that no bind_digit_action has taken.
void deliver_digit(Turn& turn, Surroundings& around, Leg& leg, const std::string& digit);

// send_dtmf: DIGITS[@MS], w and W for a pause. flush_dtmf: keys that were typed ahead are
// forgotten.
void run_send_dtmf(Turn& turn, Surroundings& around, Leg& leg, const std::string& data);
void run_flush_dtmf(Turn& turn, Surroundings& around, Leg& leg, const std::string& data);

}  // namespace call
