// What an agent's leg carries: its variables (spec/07 §3), the number and name that the phone shows
// (spec/04 §4), and the INVITE that follows from both.
#pragma once

#include "call/dialling.h"
#include "call/turn.h"

namespace call {

void describe_agent_leg(const Turn& turn, Leg& leg, const Offer& offer, const Leg& member,
                        const Dialled& dialled);

// The same for a leg without a phone (loopback.h).
void describe_loopback_leg(const Turn& turn, Leg& leg, const Offer& offer, const Leg& member,
                           const Destination& destination);

}  // namespace call
