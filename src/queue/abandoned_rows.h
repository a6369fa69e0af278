// The row of a member who left stays for a while, for lists and for callers who call back
// (spec/03 §10); it goes at the exact instant.
#pragma once

#include <string_view>

#include "queue/state.h"

namespace queue {

// The member has just become Abandoned: parts the row from its call and arms its end.
void keep_abandoned(Turn& turn, Member& member);

// The row to which a caller with this number comes back: the one abandoned last in the queue.
// nullptr: there is none, or the caller shows no number (spec/10 #36).
Member* missed_call_of(State& state, base::QueueId queue, std::string_view cid_number);
// The caller is back: the row waits again, with its place.
void resume(Turn& turn, Member& member, const MemberJoined& report);

// The queue's discard-abandoned-after has changed: arms the ends of its rows anew.
void rearm_abandoned(Turn& turn, base::QueueId queue);

// The deadline of an abandoned row has come.
void discard_abandoned(Turn& turn, base::MemberId member);

}  // namespace queue
