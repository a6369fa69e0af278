// The applications that put something down for later: thin forms of the commands of the same name,
// about the leg that runs them.
#pragma once

#include <string>

#include "call/surroundings.h"
#include "call/turn.h"

namespace call {

// TIME [CAUSE]
void run_sched_hangup(Turn& turn, Surroundings& around, Leg& leg, const std::string& data);
// TIME EXTENSION [DIALPLAN [CONTEXT]]
void run_sched_transfer(Turn& turn, Surroundings& around, Leg& leg, const std::string& data);
// TIME SOUND|APPLICATION::DATA [aleg|bleg|both]
void run_sched_broadcast(Turn& turn, Surroundings& around, Leg& leg, const std::string& data);
// [ID|GROUP]; without a word all that was put down for this leg.
void run_sched_cancel(Turn& turn, Surroundings& around, Leg& leg, const std::string& data);

}  // namespace call
