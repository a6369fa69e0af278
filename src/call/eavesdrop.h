// The application `eavesdrop UUID`: a leg listens to another one, whatever that one does, until
// either of them ends; its keys say who hears its own voice.
//
//   0  nobody    1  who talks with the other leg    2  the other leg    3  both    *  it is over
//
// Nobody listens to a leg that listens, so that there are no chains and no circles. How it is mixed
// is in media.
#pragma once

#include <string>

#include "call/surroundings.h"
#include "call/turn.h"

namespace call {

// nullptr: it listens to nobody. Prompts that come between do not end it.
const Eavesdropping* eavesdropping_of(const Leg& leg);

void run_eavesdrop(Turn& turn, Surroundings& around, Leg& leg, const std::string& data);

// Requires: the leg runs Eavesdropping.
void digit_while_eavesdropping(Turn& turn, Surroundings& around, Leg& leg,
                               const std::string& digit);

// The leg does something else from now on, or prompts that it hears are followed by something else.
// Nothing happens to one that does not eavesdrop.
void stop_eavesdropping(Turn& turn, Leg& leg);

// A leg has ended: those who listened to it go on in their dialplans.
void leave_ended_leg(Turn& turn, const Leg& ended);

// A new process has given the leg back.
void resume_eavesdropping(Turn& turn, const Leg& leg);

}  // namespace call
