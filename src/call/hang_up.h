// How a leg ends: from either side, in every phase.
#pragma once

#include "call/media_messages.h"
#include "call/turn.h"

namespace call {

enum class EndedBy { Us, Peer };

// Ends the leg, with everything that hangs on it: its media, its place in a queue, its bridge, its
// offer. Nothing happens when it is ending already.
//
// A member leaves its queue before its CHANNEL_HANGUP_COMPLETE, so that the variables of the
// leaving are in it: the rest of the end then comes back as a Continue.
void end_leg(Turn& turn, Leg& leg, Cause cause, EndedBy by);

// The rest: what Continue::What::HangUp asks for.
void complete_hang_up(Turn& turn, Leg& leg);

// sip has nothing more to do for the leg: it is forgotten.
void erase_leg(Turn& turn, base::LegId id);

// Media has told what went through an ended leg: its last event can be published.
void media_closed(Turn& turn, Leg& leg, const MediaClosed& report);
// A recording of the leg is complete: the last event of a leg that ends can be published, if
// nothing else is waited for.
void recordings_complete(Turn& turn, Leg& leg);
// Publishes the last event of a leg, counted or not, and forgets a leg that sip is done with.
// Requires: the leg awaits it.
void finish_leg(Turn& turn, Leg& leg);

}  // namespace call
