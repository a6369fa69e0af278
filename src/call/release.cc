#include "call/release.h"

#include <vector>

#include "call/hang_up.h"

namespace call {
namespace {

bool is_bridged(const Turn& turn, const Leg& leg) {
  const Leg* other = leg.bridge ? turn.leg(leg.bridge) : nullptr;
  return other != nullptr && other->bridge == leg.id;
}

}  // namespace

void release_offer(Turn& turn, base::OfferId id) {
  turn.state.deadlines.cancel(Purpose::of(Purpose::Kind::OriginateTimeout, id));
  turn.state.offers.erase(id);
  std::vector<base::LegId> alone;
  for (auto& [leg_id, leg] : turn.state.legs) {
    auto* talking = std::get_if<InConversation>(&leg.execution.running);
    const bool is_caller = talking != nullptr && talking->offer == id;
    if (is_caller) talking->offer = {};
    const bool is_agent = leg.offer == id;
    if (is_agent) leg.offer = {};
    // A standby agent's leg is its own.
    if ((is_agent || is_caller) && !leg.is_standby && !is_bridged(turn, leg)) {
      alone.push_back(leg_id);
    }
  }
  for (const base::LegId leg : alone) release_leg(turn, *turn.leg(leg));
}

void release_leg(Turn& turn, Leg& leg) {
  if (!is_bridged(turn, leg)) {
    leg.bridge = {};
    if (leg.runs<InConversation>()) leg.execution.running = NotRunning{};
  }
  end_leg(turn, leg, Cause::NormalTemporaryFailure, EndedBy::Us);
}

}  // namespace call
