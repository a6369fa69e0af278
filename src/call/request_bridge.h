// uuid_bridge: two legs that are in a call with us hear each other from now on, whatever they did.
//
// Each is taken out of what it does, as by a transfer: a caller who waits leaves the queue with
// BREAK_OUT, a conversation is over for the queue and its other side goes its way. What they were
// to do next in their dialplan is forgotten; after the bridge transfer_after_bridge,
// park_after_bridge and hangup_after_bridge say what becomes of the one who is left.
#pragma once

#include "call/requested.h"
#include "call/surroundings.h"
#include "call/turn.h"

namespace call {

// Returns: NotNow for legs that are not answered, are the same, or are offered to somebody now.
Requested request_bridge(Turn& turn, Leg& leg, Leg& other);

// Both have been taken out: the second step, in the same turn. Says so in the log when one has
// gone.
void bridge_as_requested(Turn& turn, Leg& leg, base::LegId other);

}  // namespace call
