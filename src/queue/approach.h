// How a member is offered to agents: one at a time, all at once, one more after each delay
// (spec/03 §6), as its queue's strategy says now.
#pragma once

#include "queue/state.h"

namespace queue {

// Of a member who has come in, who has an offer less, or whose queue has another strategy: settles
// the approach, what its row shows, and whether it is in line. While an offer to one agent at a
// time runs, the approach stays (spec/03 §3).
void approach_anew(Turn& turn, Member& member);

// From one agent to the next in ring-progressively.
base::Duration progressive_delay(const QueueSettings& settings);

}  // namespace queue
