// Brings together whom one call of the engine has made available (design.md §4).
//
// Before the call nobody waited who could have been served, so only the members who began to wait
// in it and the agents who became ready in it are looked at. Members are served in the order of
// their scores over all queues, each by the agent that its queue's strategy asks first.
#pragma once

#include "queue/state.h"

namespace queue {

// Makes all offers that are possible now.
void dispatch(Turn& turn);

}  // namespace queue
