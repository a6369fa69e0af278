// A member leaves its queue without a conversation (spec/04 §1, cancel path).
#pragma once

#include "queue/messages.h"
#include "queue/state.h"

namespace queue {

// The caller went. A member that is unknown, talking or gone already is left as it is.
void leave(Turn& turn, const MemberLeft& report);

// The member does not wait any more: it talks, or is gone. Its limits and announcements end.
void stop_waiting(Turn& turn, Member& member, MemberState to);

// The engine puts the member out: the same, and its call is told so.
void release(Turn& turn, base::MemberId member, ExitCause cause);

}  // namespace queue
