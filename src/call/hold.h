// The peer changes the media of a call that stands: hold, resume, another address (RFC 3264 §8).
#pragma once

#include "call/requested.h"
#include "call/surroundings.h"
#include "call/turn.h"

namespace call {

// Whether the peer has put its leg on hold.
enum class Held { No, Yes };
Held hold_of(const Leg& leg);

void leg_reinvited(Turn& turn, Surroundings& around, Leg& leg, const LegReinvited& report);

// What was agreed with the peer has changed: events and the other party are told of a hold that has
// begun or is over.
void hold_changed(Turn& turn, Surroundings& around, Leg& leg, Held before);

// The time of a hold that ends now is counted.
void hold_over(const Turn& turn, Leg& leg);

// The other party of a bridge hears the music of a holder (spec/11 §3), in place of the bridge and
// behind what was put before it. Nothing happens when nobody holds.
void play_hold_music(Turn& turn, Surroundings& around, const Leg& holder, Leg& other);

// uuid_hold: as if the leg's peer held, but without a word to its phone. The holder hears silence.
// Returns: NotNow for one that talks to nobody.
Requested request_hold(Turn& turn, Surroundings& around, Leg& leg, HoldWanted wanted);

}  // namespace call
