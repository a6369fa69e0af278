#include "call/restart.h"

#include "call/eavesdrop.h"
#include "call/hang_up.h"
#include "call/inbound.h"
#include "call/recording.h"
#include "call/script.h"
#include "call/sounds.h"

namespace call {
namespace {

// Whether a response to the INVITE that made the leg finds its way.
bool can_be_replied_to(const Leg& leg) {
  return leg.received_invite && !leg.received_invite->vias.empty();
}

bool can_be_restored(const Leg& leg) {
  if (!leg.answered_at) return false;
  return can_be_replied_to(leg) || (leg.facts.established() && leg.media.theirs);
}

// Brings the leg back in sip, as far as it was there. sip answers the hang-up of a leg that it does
// not know with LegGone at once, so one without an INVITE is forgotten by the usual way.
void give_back(Turn& turn, const Leg& leg) {
  if (can_be_replied_to(leg)) {
    turn.out.emplace_back(RestoreInvite{
        .leg = leg.id, .facts = leg.facts, .sent = {}, .received = leg.received_invite});
    if (leg.answered_at) answer_again(turn, leg);
  } else if (leg.facts.established()) {
    turn.out.emplace_back(RestoreDialog{leg.id, leg.facts});
  } else if (leg.sent_invite) {
    turn.out.emplace_back(
        RestoreInvite{.leg = leg.id, .facts = leg.facts, .sent = leg.sent_invite, .received = {}});
  } else if (leg.invite && leg.phase != LegPhase::Opening) {
    // Nobody knows whether it has gone out. It is the same again, so a phone that rings takes it
    // for a repetition, and can be told to stop.
    turn.out.emplace_back(*leg.invite);
  }
}

void end_again(Turn& turn, const Leg& leg) {
  give_back(turn, leg);
  const bool is_cancel = leg.direction == Direction::Outbound && !leg.answered_at;
  turn.out.emplace_back(HangUpLeg{leg.id, final_status_of(leg.cause),
                                  is_cancel ? reason_of_cancel(leg.cause) : reason_of(leg.cause)});
}

void restore(Turn& turn, Leg& leg) {
  give_back(turn, leg);
  turn.out.emplace_back(OpenMedia{leg.id, leg.media.address, leg.media.port, leg.media.dscp});
  // Otherwise the ACK says where the peer listens.
  if (leg.media.theirs) connect_media(turn, leg);
}

void restore_bridge(Turn& turn, const Leg& leg) {
  if (leg.bridge && leg.id < leg.bridge) {
    turn.out.emplace_back(BridgeMedia{leg.id, leg.bridge});
  }
}

void restore_playback(Turn& turn, const Leg& leg) {
  if (!leg.hears) return;
  turn.out.emplace_back(play_order(leg, *leg.hears));
}

}  // namespace

void restart_legs(Turn& turn) {
  for (auto& [id, leg] : turn.state.legs) {
    if (leg.is_ending()) {
      // Its last event comes when the time to count is over.
      if (!leg.is_gone) end_again(turn, leg);
    } else if (can_be_restored(leg)) {
      restore(turn, leg);
    }
  }
  // A bridge needs both ports, and a sound stands before a bridge while it plays.
  for (const auto& [id, leg] : turn.state.legs) {
    if (leg.is_up() && can_be_restored(leg)) restore_bridge(turn, leg);
  }
  for (auto& [id, leg] : turn.state.legs) {
    if (!leg.is_up() || !can_be_restored(leg)) continue;
    restore_playback(turn, leg);
    resume_recordings(turn, leg);
    resume_eavesdropping(turn, leg);
  }
  forget_scripts(turn);
  // The offers fail, and their members are offered anew.
  for (auto& [id, offer] : turn.state.offers) {
    for (Ringing& ringing : offer.ringing) ringing.groups.clear();
  }
  for (auto& [id, leg] : turn.state.legs) {
    if (leg.is_ending() || can_be_restored(leg)) continue;
    give_back(turn, leg);
    const bool calls_out = leg.direction == Direction::Outbound;
    end_leg(turn, leg, calls_out ? Cause::OriginatorCancel : Cause::NormalTemporaryFailure,
            EndedBy::Us);
  }
}

}  // namespace call
