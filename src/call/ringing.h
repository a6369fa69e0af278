// The phones of an offer: groups one after the other, the destinations of a group at the same time,
// dial strings with :_: between side by side (spec/04 §4). Who answers first has the call, and the
// others are told that they lost the race.
//
// A group is followed by the next one when all its phones have failed. The cause that the queue
// engine learns in the end is that of the phone that failed last.
#pragma once

#include <chrono>

#include "call/surroundings.h"
#include "call/turn.h"

namespace call {

// Limits how long the whole offer may ring from its beginning; a later limit takes the place of an
// earlier one.
void limit_offer(Turn& turn, const Offer& offer, std::chrono::seconds limit);

// Limits how long this leg of the offer may ring, as its variables say.
void arm_timeouts(Turn& turn, const Offer& offer, const Leg& leg);

// Calls whom the dial string names next, wherever nobody rings. An offer that has nobody left
// fails. Nothing happens when it is over, or answered.
void call_next(Turn& turn, Surroundings& around, base::OfferId id);

// The leg has the call: the others of its offer are ended, and the queue engine is told.
// Requires: its offer is being dialled.
void phone_wins(Turn& turn, Surroundings& around, Leg& leg);

// A leg of an offer that is being dialled has ended.
void phone_lost(Turn& turn, Leg& leg);

// Others are called in place of this leg, which has left the offer then; they ring later in this
// turn. Where other phones ring beside it, the new ones are called beside them.
// Requires: the leg's offer is being dialled.
void call_instead(Turn& turn, Leg& leg, DialString others);

// Ends all that rings, and the offer fails with this cause.
// Requires: it is being dialled.
void stop_ringing(Turn& turn, Offer& offer, Cause cause);

// The offer has rung for its whole time.
void offer_timed_out(Turn& turn, base::OfferId id);

}  // namespace call
