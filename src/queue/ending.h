// What is kept of a stay or an offer when it ends (ended.h), from the rows as they are then.
#pragma once

#include <string_view>

#include "base/time.h"
#include "queue/ended.h"
#include "queue/offer.h"
#include "queue/records.h"

namespace queue {

// Without a conversation. Requires: the member's session is still named.
StayEnded cancelled_stay(const Member& member, ExitCause cause, base::Instant now);
StayEnded answered_stay(const Member& member, const Offer& offer, const Agent& agent,
                        std::string_view cause, base::Instant now);
OfferEnded ended_offer(const Offer& offer, const Agent& agent, std::string_view cause,
                       base::Instant now);

}  // namespace queue
