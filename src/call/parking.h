// Parked legs: nobody is with them, and they wait for a command or the hang-up. CHANNEL_PARK and
// CHANNEL_UNPARK tell of it.
#pragma once

#include "call/turn.h"

namespace call {

// Says nothing when it is parked again after an application that a command ran on it.
void park_leg(Turn& turn, Leg& leg);
// Before it does something else for good. Nothing happens to a leg that is not parked.
void leave_park(Turn& turn, Leg& leg);

}  // namespace call
