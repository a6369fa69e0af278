// What commands from outside ask of a leg that is doing something else: go to another extension,
// run an application, play a sound.
//
// What the leg does meanwhile is respected: a caller who waits keeps its place and its music goes
// on, a parked leg is parked again.
#pragma once

#include "call/requested.h"
#include "call/surroundings.h"
#include "call/turn.h"

namespace call {

// Whether request_transfer() would do it now.
bool may_be_transferred(const Leg& leg);

// Whether an application takes no time, so that it runs whatever the leg does.
bool runs_at_once(std::string_view application);

// A caller who waits leaves the queue with BREAK_OUT; a conversation is over for the queue engine.
// The partner goes its own way unless it is transferred too.
Requested request_transfer(Turn& turn, Surroundings& around, Leg& leg, Whom whom,
                           const TransferTo& to);

// Runs an application `times` times. Those that take no time run at once, whatever the leg does.
// Sounds are played before what it hears. All else runs on a leg that is parked, or after what its
// dialplan does now; one that waits in a queue or talks does not run it, and a line says so.
Requested request_execution(Turn& turn, Surroundings& around, Leg& leg,
                            const ExecutionWanted& wanted);

// Plays a sound before what the legs hear, or with "APPLICATION::DATA" runs an application on them.
Requested request_broadcast(Turn& turn, Surroundings& around, Leg& leg, Whom whom,
                            std::string_view what);

// Breaks off what plays: an aside (all that wait with BreakOff::All), else the sound of the
// dialplan's action, which is then over. Hold music and queue music stay.
void request_break(Turn& turn, Surroundings& around, Leg& leg, BreakOff what);

}  // namespace call
