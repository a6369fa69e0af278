// Takes apart what the self-check found broken (core/self_check.h), in words that nothing else
// needs: an offer or a bridge of which one side is missing. What still stands is left standing: two
// who hear each other go on talking.
#pragma once

#include "base/ids.h"
#include "call/turn.h"

namespace call {

// Forgets the offer, if it is known, and frees every leg that names it; those that only rang for it
// end. The queue engine is told by whoever asks for this.
void release_offer(Turn& turn, base::OfferId id);

// Takes the leg out of a bridge that the other side does not know, and ends it.
void release_leg(Turn& turn, Leg& leg);

}  // namespace call
