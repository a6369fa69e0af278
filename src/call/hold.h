// The peer changes the media of a call that stands: hold, resume, another address (RFC 3264 §8).
#pragma once

#include "call/surroundings.h"
#include "call/turn.h"

namespace call {

void leg_reinvited(Turn& turn, Surroundings& around, Leg& leg, const LegReinvited& report);

}  // namespace call
