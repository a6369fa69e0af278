// A call comes in: its leg, its variables, its way into the dialplan.
#pragma once

#include "call/surroundings.h"
#include "call/turn.h"

namespace call {

void leg_invited(Turn& turn, Surroundings& around, const LegInvited& report);

// Its RTP port is there: the dialplan takes the call.
void take_into_dialplan(Turn& turn, Surroundings& around, Leg& leg);

// Sends 200 and tells media where to send. Nothing happens when the leg is answered already.
void answer_leg(Turn& turn, Leg& leg);
// Sends the same 200 in a new process, for nobody knows whether the first one arrived.
// Requires: the leg has been answered, and its ACK has not come.
void answer_again(Turn& turn, const Leg& leg);
// The ACK came; where the INVITE had no SDP it brings the answer to our offer, and a call in which
// nothing fits ends with INCOMPATIBLE_DESTINATION.
void leg_confirmed(Turn& turn, Surroundings& around, Leg& leg, const LegConfirmed& report);
// Sends 180 (ring_ready) to a leg that is not answered yet.
void ring_leg(Turn& turn, Leg& leg);
// Sends 183 with our SDP, so that sounds are heard before the answer.
void progress_leg(Turn& turn, Leg& leg);

}  // namespace call
