// Releases what is stuck: what a violation names is ended in the way in which it would have ended
// had nothing been wrong, so that agents, callers and events see nothing new (violation.h).
//
//   OfferWithoutCall     the offer has failed: the agent waits again, the member is offered anew
//   CallWithoutOffer     the phone stops ringing; two who talk go on, and no queue watches them
//   AgentWithoutOffer    the agent's state is Waiting
//   MemberWithoutLeg     the member has left its queue, and phones that ring for it stop
//   TalkWithoutBridge    the conversation is over, and the caller's leg ends
//   LegWithoutMember     the caller leaves the queue, and its dialplan goes on
//   BridgeWithOneSide    the leg ends
//   LegThatNeverGoes     the leg is forgotten
//   LegUnknownToSip      the leg ends as one whose connection broke
//   ListenerWithoutLeg   the leg's dialplan goes on
//   RulesOfTheQueues     what only repeats rows is made anew from them
//
// An event CUSTOM ringmaster::violation and a line in the log say so.
#pragma once

#include "core/core_state.h"
#include "core/pass.h"
#include "core/violation.h"

namespace core {

// Nothing happens when the violation is not, or not any more, true of the state.
void repair(CoreState& state, Pass& pass, const Violation& violation);

}  // namespace core
