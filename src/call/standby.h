// Standby agents (uuid-standby): they have called in, and offers go to the call that is open
// (spec/04 §6).
//
//   offer_to_standby ─► warning tone ─► OfferAnswered ─► bridge_offer ─► conversation ─► its
//                            │                                          transfer_after_bridge or
//                            └─► release_agent (announcement.h)           park_after_bridge, or end
#pragma once

#include "call/surroundings.h"
#include "call/turn.h"

namespace call {

// Nobody is called: the agent has answered when it has heard its cc_warning_tone. A leg that is
// gone fails the offer with NONE, one that talks or waits in a queue itself with USER_BUSY.
void offer_to_standby(Turn& turn, Surroundings& around, const queue::StartOffer& command);

// The agent has heard its warning tone, or has none: the queue engine is told of its answer.
void standby_answers(Turn& turn, Offer& offer);

// What a standby agent does after its conversation. Returns: whether its dialplan takes it further.
bool standby_goes_on(Turn& turn, Leg& leg);

}  // namespace call
