#include "call/announcement.h"

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "base/check.h"
#include "call/hang_up.h"
#include "call/offers.h"
#include "call/prompts.h"
#include "call/standby.h"

namespace call {
namespace {

bool play_to_agent(Turn& turn, const Offer& offer, std::string_view variable) {
  const Leg* member = turn.leg(offer.member_leg);
  if (member == nullptr) return false;
  std::vector<std::string> sounds = sounds_of(member->variables.get(variable));
  if (sounds.empty()) return false;
  Leg& agent = *turn.leg(offer.leg);
  turn.state.deadlines.arm(Purpose::of(Purpose::Kind::Prompts, agent.id),
                           turn.now + std::chrono::seconds(kAnnouncementSecondsMax));
  play_prompts(turn, agent, std::move(sounds));
  return true;
}

void let_go(Turn& turn, Leg& leg, Cause cause) {
  if (!leg.is_standby) return end_leg(turn, leg, cause, EndedBy::Us);
  offer_lost(turn, leg, cause);
  resume_after_prompts(turn, leg);
}

}  // namespace

bool announce_to_agent(Turn& turn, const Offer& offer) {
  return play_to_agent(turn, offer, "cc_outbound_announce");
}

void prompts_over(Turn& turn, Surroundings& around, Leg& leg) {
  turn.state.deadlines.cancel(Purpose::of(Purpose::Kind::Prompts, leg.id));
  Offer* offer = turn.offer(leg.offer);
  CHECK(offer != nullptr && offer->phase != Offer::Phase::Bridged);
  switch (offer->phase) {
    case Offer::Phase::Warning:
      return standby_answers(turn, *offer);
    case Offer::Phase::Answered:
      return join_parties(turn, around, offer->id);
    default:
      return let_go(turn, leg, Cause::OriginatorCancel);
  }
}

void release_agent(Turn& turn, Leg& leg, Cause cause) {
  Offer* offer = turn.offer(leg.offer);
  CHECK(offer != nullptr && offer->phase != Offer::Phase::Bridged);
  turn.state.deadlines.cancel(Purpose::of(Purpose::Kind::Prompts, leg.id));
  if (offer->phase == Offer::Phase::Answered) {
    offer->phase = Offer::Phase::Failed;
    leg.variables.set("cc_agent_bridged", "false");
    if (Leg* member = turn.leg(offer->member_leg)) {
      member->variables.set("cc_agent_bridged", "false");
    }
    if (play_to_agent(turn, *offer, "cc_bridge_failed_outbound_announce")) return;
  }
  let_go(turn, leg, cause);
}

}  // namespace call
