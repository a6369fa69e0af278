// Two legs that hear each other: how a conversation begins and ends.
#pragma once

#include "call/surroundings.h"
#include "call/turn.h"

namespace call {

// Caller and agent of an answered offer hear each other from now on (spec/04 §7). A caller that is
// gone means the agent's leg is ended.
void bridge_offer(Turn& turn, Surroundings& around, Offer& offer);

// Two legs that belong to no offer hear each other from now on. The first counts as the caller.
// Requires: both are up, in no bridge, and run nothing.
void bridge_legs(Turn& turn, Leg& caller, Leg& other);

// One leg of a bridge has ended: the agent's leg ends with it; the caller goes on in the dialplan,
// or ends, as its variables say (spec/04 §1). Then the queue engine is told.
void bridge_lost(Turn& turn, Leg& ended);

// Takes a leg out of its bridge while it lives on; the queue engine learns that the conversation is
// over. What the leg does next is the caller's affair.
enum class LeftLeg {
  GoesItsWay,  // As when the other one has hung up: the dialplan goes on, or it ends.
  StaysIdle,   // It is given something to do too.
};
void leave_bridge(Turn& turn, Leg& leaving, LeftLeg left);

// The conversation goes on, and the queue engine no longer cares (callcenter_break). Nothing
// happens to a leg that is not an agent's in a conversation.
void stop_watching(Turn& turn, Leg& agent);

}  // namespace call
