// Two legs that hear each other: how a conversation begins and ends.
#pragma once

#include "call/surroundings.h"
#include "call/turn.h"

namespace call {

// Caller and agent of an answered offer hear each other from now on (spec/04 §7). A caller that is
// gone means the agent's leg is ended.
void bridge_offer(Turn& turn, Offer& offer);

// One leg of a bridge has ended: the agent's leg ends with it; the caller goes on in the dialplan,
// or ends, as its variables say (spec/04 §1). Then the queue engine is told.
void bridge_lost(Turn& turn, Leg& ended);

}  // namespace call
