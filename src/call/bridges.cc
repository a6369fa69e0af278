#include "call/bridges.h"

#include <string_view>
#include <utility>

#include "base/check.h"
#include "call/announcement.h"
#include "call/channel_data.h"
#include "call/channel_state.h"
#include "call/execute_on.h"
#include "call/fifo.h"
#include "call/hang_up.h"
#include "call/hold.h"
#include "call/parking.h"
#include "call/place_announcement.h"
#include "call/prompts.h"
#include "call/recording.h"
#include "call/recording_template.h"
#include "call/sounds.h"
#include "call/standby.h"

namespace call {
namespace {

void bond(const Turn& turn, Leg& leg, const Leg& other) {
  leg.bridge = other.id;
  leg.bridged_at = turn.now;
  leg.variables.set("signal_bond", other.uuid);
  leg.variables.set("bridge_uuid", other.uuid);
  leg.variables.set("bridge_channel", other.name);
  leg.variables.set("last_bridge_to", other.uuid);
}

void part(Leg& leg) {
  leg.bridge = {};
  leg.is_put_on_hold = false;
  leg.variables.unset("signal_bond");
  leg.variables.unset("bridge_uuid");
}

bool has_more_to_run(const Leg& leg) {
  return leg.execution.next < leg.execution.actions.size() ||
         !leg.variables.get("transfer_after_bridge").empty();
}

// What becomes of the caller when the agent has hung up (spec/04 §1). Returns: whether the dialplan
// takes it further.
bool goes_on(Turn& turn, Leg& caller, Cause agents_cause) {
  if (caller.is_ending()) return false;
  if (caller.variables.is_true("hangup_after_bridge")) {
    end_leg(turn, caller, agents_cause, EndedBy::Us);
    return false;
  }
  if (caller.variables.is_true("park_after_bridge")) {
    park_leg(turn, caller);
    return false;
  }
  if (!has_more_to_run(caller)) {
    end_leg(turn, caller, Cause::NormalClearing, EndedBy::Us);
    return false;
  }
  caller.execution.running = Resuming{};
  return true;
}

// Why the conversation is over: the agent's cause, unless its leg lives on.
Cause end_of(const Leg& agent, const Leg& caller) {
  if (agent.is_ending()) return agent.cause;
  return caller.is_ending() ? caller.cause : Cause::BlindTransfer;
}

}  // namespace

void bridge_offer(Turn& turn, Surroundings& around, Offer& offer) {
  Leg* agent = turn.leg(offer.leg);
  Leg* member = turn.leg(offer.member_leg);
  CHECK(agent != nullptr && agent->is_up());
  if (member == nullptr || !member->is_up() || !member->runs<InQueue>()) {
    // Its leaving is on the way to the queue engine; nobody is there to be bridged with.
    return release_agent(turn, *agent, Cause::OriginatorCancel);
  }
  CHECK(!agent->bridge && !member->bridge);

  measure_answer(turn, *member);
  offer.phase = Offer::Phase::Bridged;
  stop_sound(turn, *member);
  stop_sound(turn, *agent);
  forget_suspended(turn, *agent);
  member->variables.set("cc_agent_uuid", agent->uuid);
  bond(turn, *member, *agent);
  bond(turn, *agent, *member);
  member->variables.set("cc_agent_bridged", "true");
  agent->variables.set("cc_agent_bridged", "true");
  turn.out.emplace_back(BridgeMedia{member->id, agent->id});
  // The application returns when the bridge is set up (spec/04 §1): cc_agent_found is already gone.
  member->variables.unset("cc_agent_found");
  member->variables.set("cc_agent", offer.agent);
  member->variables.set("cc_queue_answered_epoch", turn.epoch());
  member->variables.set("cc_cause", "answered");
  member->execution.running = InConversation{offer.id};
  publish(turn, *member, "CHANNEL_BRIDGE");
  tell_state(turn, *member);
  tell_state(turn, *agent);
  record_conversation(turn, around, offer);
  turn.out.emplace_back(queue::OfferBridged{offer.id});
  const base::OfferId id = offer.id;
  execute_before_bridge(turn, around, *member, "aleg");
  execute_before_bridge(turn, around, *agent, "bleg");
  // What was run may have ended a leg, and the bridge with it.
  if (turn.offer(id) == nullptr) return;
  // One who holds since before the bridge has music for the other all the same.
  play_hold_music(turn, around, *member, *agent);
  play_hold_music(turn, around, *agent, *member);
}

void bridge_legs(Turn& turn, Leg& caller, Leg& other) {
  CHECK(caller.is_up() && other.is_up() && !caller.bridge && !other.bridge);
  stop_sound(turn, caller);
  stop_sound(turn, other);
  bond(turn, caller, other);
  bond(turn, other, caller);
  turn.out.emplace_back(BridgeMedia{caller.id, other.id});
  caller.execution.running = InConversation{};
  publish(turn, caller, "CHANNEL_BRIDGE");
  tell_state(turn, caller);
  tell_state(turn, other);
}

void bridge_lost(Turn& turn, Leg& ended) {
  leave_bridge(turn, ended, LeftLeg::GoesItsWay);
}

void leave_bridge(Turn& turn, Leg& leaving, LeftLeg left) {
  Leg* other = turn.leg(leaving.bridge);
  CHECK(other != nullptr && other->bridge == leaving.id);
  // A caller that hangs up no longer runs anything.
  const bool agent_leaves = other->runs<InConversation>();
  Leg& agent = agent_leaves ? leaving : *other;
  Leg& caller = agent_leaves ? *other : leaving;
  const base::OfferId id = agent.offer;

  stop_bridge_recordings(turn, caller);
  stop_bridge_recordings(turn, agent);
  turn.out.emplace_back(UnbridgeMedia{caller.id, agent.id});
  publish(turn, caller, "CHANNEL_UNBRIDGE");
  part(caller);
  part(agent);
  // Hold music that stood before the bridge goes with it.
  if (!caller.is_ending()) stop_sound(turn, caller);
  if (!agent.is_ending()) stop_sound(turn, agent);
  if (caller.runs<InConversation>()) caller.execution.running = NotRunning{};
  agent.offer = {};
  turn.state.offers.erase(id);
  const bool goes_its_way = left == LeftLeg::GoesItsWay;
  const Leg* goes_on_in_dialplan = nullptr;
  if (goes_its_way && agent_leaves) {
    const Cause agents_cause = agent.is_ending() ? agent.cause : Cause::BlindTransfer;
    if (goes_on(turn, caller, agents_cause)) goes_on_in_dialplan = &caller;
  } else if (goes_its_way && agent.runs<ServesFifo>()) {
    rest_from_fifo(turn, agent);
  } else if (goes_its_way && (agent.is_standby || agent.direction == Direction::Inbound)) {
    if (standby_goes_on(turn, agent)) goes_on_in_dialplan = &agent;
  } else if (goes_its_way) {
    end_leg(turn, agent, Cause::NormalClearing, EndedBy::Us);
  }
  if (id) {
    turn.out.emplace_back(queue::BridgeEnded{id, std::string(to_text(end_of(agent, caller)))});
  }
  // After the report: another queue that the caller enters now must find the first one finished,
  // and a standby agent who says that it is ready must be.
  if (goes_on_in_dialplan != nullptr) {
    turn.out.emplace_back(Continue{goes_on_in_dialplan->id, Continue::What::AfterConversation, {}});
  }
}

void stop_watching(Turn& turn, Leg& agent) {
  Offer* offer = turn.offer(agent.offer);
  if (offer == nullptr || offer->phase != Offer::Phase::Bridged) return;
  turn.leg(agent.bridge)->execution.running = InConversation{};
  const base::OfferId id = std::exchange(agent.offer, base::OfferId{});
  turn.state.offers.erase(id);
  turn.out.emplace_back(queue::BridgeEnded{id, std::string(to_text(Cause::None))});
}

}  // namespace call
