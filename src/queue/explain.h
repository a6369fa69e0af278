// The decision trace: says for each agent of a member's queue which rule decides about it. Asked
// before an offer (observer.h) it tells the offer and every pass-over; asked at any other time it
// tells why the member still waits.
#pragma once

#include <vector>

#include "queue/explanation.h"
#include "queue/state.h"

namespace queue {

// In the order of the tiers: level, position, as added. Looks at all tiers of the queue.
std::vector<Verdict> explain(const State& state, base::MemberId member, base::Instant now);

}  // namespace queue
