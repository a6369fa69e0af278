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

// What becomes of the agent's leg.
void send_invite(Turn& turn, Surroundings& around, Leg& leg);
void leg_progressed(Turn& turn, Leg& leg, const LegProgressed& report);
void leg_answered(Turn& turn, Surroundings& around, Leg& leg, const LegAnswered& report);

// The leg ended before its bridge stood: the queue engine is told why.
void offer_lost(Turn& turn, Leg& leg);

}  // namespace call
