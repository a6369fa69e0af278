// The lamp of a queue: on while somebody waits in it (spec/06 §4, spec/10 #18).
#pragma once

#include "queue/records.h"
#include "queue/state.h"

namespace queue {

void announce_presence(Turn& turn, const Queue& queue);

// The two events that follow every change of how many wait: members-count, then presence.
void announce_occupancy(Turn& turn, base::QueueId queue);

}  // namespace queue
