// What an agent hears between its answer and the conversation (spec/04 §7.5), and instead of the
// conversation when the caller has gone meanwhile (spec/10 #62). The caller hears its music on.
//
//   connect_offer ─► cc_outbound_announce ─► bridge_offer (bridges.h)
//                         └► caller gone: cc_bridge_failed_outbound_announce ─► released
#pragma once

#include "call/surroundings.h"
#include "call/turn.h"

namespace call {

// An announcement that is longer than this, in seconds, is cut off: the caller waits meanwhile.
inline constexpr int kAnnouncementSecondsMax = 300;

// Plays the member's cc_outbound_announce to the agent. Returns: false when there is none.
bool announce_to_agent(Turn& turn, const Offer& offer);

// The last of the sounds that an offer put before its agent is over, or has lasted too long.
void prompts_over(Turn& turn, Surroundings& around, Leg& leg);

// The offer of an agent's leg leads to no conversation. An agent who has answered hears the
// member's cc_bridge_failed_outbound_announce; then a called phone is hung up, a standby agent goes
// on with what it did, and the queue engine is told.
void release_agent(Turn& turn, Leg& leg, Cause cause);

}  // namespace call
