// `bridge`: the caller calls somebody by a dial string and talks to who answers first.
//
//   bridge ─► Offer for the caller ─► phones ring ─┬─► the first answer: both hear each other
//                                                  └─► nobody is left: continue_on_fail
//
// The caller hears the sound of the one phone that rings (early media), a ringback that is
// configured, or what its own phone makes of 180. ringing.h rings the phones as for an agent.
#pragma once

#include <string>

#include "call/surroundings.h"
#include "call/turn.h"

namespace call {

// The application. Its data is a dial string.
void run_bridge(Turn& turn, Surroundings& around, Leg& leg, const std::string& data);

// A phone that is called for a caller rings, or sends sound already. Nothing happens for a leg that
// is called for anybody else.
void phone_rings(Turn& turn, Leg& phone, const LegProgressed& report);

// A phone of the offer has ended without an answer: what the caller heard of it is over.
void phone_falls_silent(Turn& turn, const Offer& offer, const Leg& phone);

// The phone that has answered first. The others of its offer know already.
// Requires: the offer is for a caller.
void bridged_phone_answers(Turn& turn, Surroundings& around, base::OfferId id, Leg& phone);

// Nobody has answered: the caller goes on in its dialplan if continue_on_fail names the cause, and
// ends with it otherwise. Requires: the offer is for a caller.
void tell_caller(Turn& turn, const Offer& offer);

// The caller does something else from now on, or ends: nobody is called for it any more.
void stop_calling(Turn& turn, Leg& caller);

}  // namespace call
