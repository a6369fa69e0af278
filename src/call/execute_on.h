// Applications that a variable of a leg asks for at some point of its life: execute_on_answer,
// execute_on_pre_bridge. Several of one kind have an ending: execute_on_answer_2.
#pragma once

#include <string_view>

#include "call/surroundings.h"
#include "call/turn.h"

namespace call {

// Runs what the variables whose names begin with `name` say: "APPLICATION DATA" or
// "APPLICATION::DATA", in the order of their names, as requests from outside are (requests.h). The
// leg may have ended then.
void execute_on(Turn& turn, Surroundings& around, Leg& leg, std::string_view name);

// bridge_pre_execute_aleg_app and _data, or those of the bleg: run on this leg when its bridge has
// begun. `side` is aleg for the caller, bleg for the agent.
void execute_before_bridge(Turn& turn, Surroundings& around, Leg& leg, std::string_view side);

}  // namespace call
