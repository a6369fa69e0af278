// Keys that people press on their phones, whatever way they are told.
#pragma once

#include "call/surroundings.h"
#include "call/turn.h"

namespace call {

// To the application that runs on the leg, or to the other party of its bridge. A phone that tells
// a key by RTP and by INFO pressed it once.
void digit_pressed(Turn& turn, Surroundings& around, Leg& leg, const LastDigit& pressed);

}  // namespace call
