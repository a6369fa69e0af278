// The row of a member who left stays for a while, for lists and for callers who call back
// (spec/03 §10); it goes at the exact instant.
#pragma once

#include "queue/state.h"

namespace queue {

// The member has just become Abandoned: parts the row from its call and arms its end.
void keep_abandoned(Turn& turn, Member& member);

// The queue's discard-abandoned-after has changed: arms the ends of its rows anew.
void rearm_abandoned(Turn& turn, base::QueueId queue);

// The deadline of an abandoned row has come.
void discard_abandoned(Turn& turn, base::MemberId member);

}  // namespace queue
