#include "call/restart.h"

#include "call/hang_up.h"
#include "call/sounds.h"

namespace call {
namespace {

bool can_be_restored(const Leg& leg) {
  return leg.facts.established() && leg.answered_at.has_value() && leg.media.theirs.has_value();
}

// sip answers the hang-up of a leg it does not know with LegGone at once, so one without a dialog
// is forgotten by the usual way.
void end_again(Turn& turn, const Leg& leg) {
  if (leg.facts.established()) turn.out.emplace_back(RestoreDialog{leg.id, leg.facts});
  turn.out.emplace_back(HangUpLeg{leg.id, final_status_of(leg.cause), reason_of(leg.cause)});
}

void restore(Turn& turn, Leg& leg) {
  turn.out.emplace_back(RestoreDialog{leg.id, leg.facts});
  turn.out.emplace_back(OpenMedia{leg.id, leg.media.address, leg.media.port, leg.media.dscp});
  connect_media(turn, leg);
}

void restore_bridge(Turn& turn, const Leg& leg) {
  if (leg.bridge && leg.id < leg.bridge) {
    turn.out.emplace_back(BridgeMedia{leg.id, leg.bridge});
  }
}

void restore_playback(Turn& turn, const Leg& leg) {
  if (!leg.hears) return;
  turn.out.emplace_back(PlaySound{leg.id, leg.hears->playback, leg.hears->source, leg.hears->loop});
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
  for (const auto& [id, leg] : turn.state.legs) {
    if (leg.is_up() && can_be_restored(leg)) restore_playback(turn, leg);
  }
  // The offers fail, and their members are offered anew.
  for (auto& [id, offer] : turn.state.offers) {
    for (Ringing& ringing : offer.ringing) ringing.groups.clear();
  }
  for (auto& [id, leg] : turn.state.legs) {
    if (leg.is_ending() || can_be_restored(leg)) continue;
    const bool calls_out = leg.direction == Direction::Outbound;
    end_leg(turn, leg, calls_out ? Cause::OriginatorCancel : Cause::NormalTemporaryFailure,
            EndedBy::Us);
  }
}

}  // namespace call
