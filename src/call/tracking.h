// The application `callcenter_track`: calls outside the queues that agents take part in
// (spec/04 §11). How they are counted is the queue engine's.
#pragma once

#include <string>

#include "call/surroundings.h"
#include "call/turn.h"

namespace call {

// `data`: the agent's name. The call counts as that agent's until it ends; a call that is tracked
// twice counts once, for the agent named last.
void run_callcenter_track(Turn& turn, Surroundings& around, Leg& leg, const std::string& data);

}  // namespace call
