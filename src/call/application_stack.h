// The dialplan's actions of a leg, run one by one: each at once, or over time until something
// happens (a sound ends, the queue lets the caller go).
#pragma once

#include <string>
#include <string_view>

#include "call/requested.h"
#include "call/surroundings.h"
#include "call/turn.h"

namespace call {

// A leg that has run more actions than this loops through transfers without end.
inline constexpr std::uint64_t kActionsPerLegMax = 10'000;
// Transfers of one leg: people make a few, a loop in a dialplan makes thousands within a second.
inline constexpr std::uint64_t kTransfersPerLegMax = 100;

// Finds the actions for the leg's destination in its context. Returns: false when there are none.
bool route_leg(Turn& turn, Surroundings& around, Leg& leg);

// Puts the actions of another extension before the leg's next one; where the leg is stays as it is.
// Returns: false when there are none, when too many would wait (kActionsPerLegMax), or when the leg
// was sent around too often.
bool insert_extension(Turn& turn, Surroundings& around, Leg& leg, const TransferTo& to);

// Sends the leg to another destination, whatever it does now; run_applications() goes on there. A
// leg with nowhere to go, or that was sent around too often, is ended.
void transfer_leg(Turn& turn, Surroundings& around, Leg& leg, const TransferTo& to);

// Runs actions until one takes time or the leg ends. A leg that has no more actions is hung up with
// NORMAL_CLEARING.
void run_applications(Turn& turn, Surroundings& around, Leg& leg);

// The application that takes time is over: the next action runs.
void application_over(Turn& turn, Surroundings& around, Leg& leg);

// After a conversation: transfer_after_bridge, else the next action.
void go_on_after_conversation(Turn& turn, Surroundings& around, Leg& leg);

}  // namespace call
