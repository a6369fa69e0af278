// Offers: from the queue engine's wish to the agent's answer and the bridge (spec/04 §4). Which
// phones ring, and for how long, is in ringing.h.
#pragma once

#include <string_view>

#include "call/surroundings.h"
#include "call/turn.h"

namespace call {

// Commands of the queue engine.
void start_offer(Turn& turn, Surroundings& around, const queue::StartOffer& command);
void cancel_offer(Turn& turn, const queue::CancelOffer& command);
void connect_offer(Turn& turn, Surroundings& around, const queue::ConnectOffer& command);

// The agent has answered and heard what it is told first: execute_on_pre_bridge, then the bridge.
// Requires: the offer is answered.
void join_parties(Turn& turn, Surroundings& around, base::OfferId id);

// What becomes of the agent's leg.
void send_invite(Turn& turn, Surroundings& around, Leg& leg);
void leg_progressed(Turn& turn, Leg& leg, const LegProgressed& report);
void leg_answered(Turn& turn, Surroundings& around, Leg& leg, const LegAnswered& report);

// The offer of an agent's leg is over before its bridge stood: the queue engine is told why.
void offer_lost(Turn& turn, Leg& leg, Cause cause);

}  // namespace call
