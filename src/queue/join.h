// A caller enters a queue (spec/04 §1), or comes back to the place it had (spec/03 §10).
#pragma once

#include "queue/messages.h"
#include "queue/state.h"

namespace queue {

void join(Turn& turn, const MemberJoined& report);

}  // namespace queue
