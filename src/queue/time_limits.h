// How long a member may wait: max-wait-time, max-wait-time-with-no-agent with its second limit
// (spec/03 §8), each at the exact moment. A limit that is reached while phones ring for the member
// lets them finish first; nobody else is asked meanwhile.
#pragma once

#include "queue/state.h"

namespace queue {

// Of a member who has just come in, or whose queue has other settings now.
void arm_limits(Turn& turn, const Member& member);
// Of a member who does not wait any more.
void cancel_limits(Turn& turn, const Member& member);

void wait_expired(Turn& turn, base::MemberId member);

// The limit without agents is one deadline per queue, of the member who came in first. To be called
// when that may be another one, and when the queue has lost its last agent or has one again.
void rearm_no_agent_limit(Turn& turn, base::QueueId queue);
void no_agent_expired(Turn& turn, base::QueueId queue);

// A phone has stopped ringing: the member goes if a limit was reached and it was the last one.
void leave_if_expired(Turn& turn, base::MemberId member);

}  // namespace queue
