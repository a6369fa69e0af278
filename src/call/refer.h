// A phone sends its partner elsewhere: the blind transfer by REFER (RFC 3515, spec/04 §10).
#pragma once

#include "call/surroundings.h"
#include "call/turn.h"

namespace call {

// The partner leaves the conversation and goes on in its own context at the extension that the
// Refer-To names; what becomes of the referrer is as when the partner had hung up. An agent is free
// from then on.
//
// Refused are: with 403 the REFER of a caller whom we do not know (it could make our agents'
// phones call at our cost), with 603 one without a partner who could go, with 501 one that names
// another call (attended).
void leg_referred(Turn& turn, Surroundings& around, Leg& leg, const LegReferred& report);

}  // namespace call
