// Making an offer and taking it back.
#pragma once

#include <string_view>

#include "queue/state.h"

namespace queue {

// Offers the member to the agent. Requires: the member waits and the agent is ready in its queue.
void start_offer(Turn& turn, Member& member, Agent& agent);

// Asks for the leg of an offer that is not bridged to be ended; its end is reported later. Asking
// twice does nothing.
void cancel_offer(Turn& turn, base::OfferId offer, std::string_view cause);

// While an agent is offered a call in one queue, its other queues stand by (spec/01 §5.3).
void hold_tiers(Turn& turn, const Offer& offer);
// Gives the tiers free again. `serving` is what the tier of the offer's own queue becomes.
void free_tiers(Turn& turn, const Offer& offer, TierState serving);

}  // namespace queue
