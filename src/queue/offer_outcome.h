// What becomes of an offer: answer, bridge, end, failure (spec/04 §5, §7, §8).
//
// The offer's phase decides how its end is told, not the name of the report: after a restart, or
// when a cancellation and an answer cross, the two may differ. Reports about offers that are over
// are ignored.
#pragma once

#include <string_view>

#include "queue/messages.h"
#include "queue/state.h"

namespace queue {

void offer_answered(Turn& turn, const OfferAnswered& report);
void offer_bridged(Turn& turn, const OfferBridged& report);
void offer_over(Turn& turn, base::OfferId offer, std::string_view cause);

}  // namespace queue
