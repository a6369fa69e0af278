// loopback/EXTENSION[/CONTEXT]: an agent's contact that is an extension of the dialplan.
//
// The extension runs on a leg without a phone: no SIP, no sound. Its `bridge` names the phones that
// are called in its place, with what it has exported, and then this leg is over: one of these
// phones becomes the agent's leg, so nothing of the conversation runs through here. When the
// extension ends in another way, the cause of that is why the contact failed.
#pragma once

#include <string_view>

#include "call/dial_string.h"
#include "call/surroundings.h"
#include "call/turn.h"

namespace call {

// The context of a loopback that names none.
inline constexpr std::string_view kLoopbackContext = "default";

// A leg that runs the extension later in this turn. Returns: its id, to be put into the offer.
base::LegId call_loopback(Turn& turn, const Offer& offer, const Leg& member,
                          const Destination& destination);

// A leg without a phone: one that goes out, but through no SIP profile.
bool is_loopback(const Leg& leg);

// Runs the actions that are different there: `bridge`, whose dial string is not expanded yet, and
// what means nothing without a phone. Returns: false when the action runs as on any leg.
bool run_on_loopback(Turn& turn, Surroundings& around, Leg& leg, const dialplan::Action& action);

}  // namespace call
