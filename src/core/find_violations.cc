#include "core/find_violations.h"

#include "call/eavesdrop.h"
#include "queue/offer.h"

namespace core {
namespace {

using Kind = Violation::Kind;

// ---- one by one
// ----------------------------------------------------------------------------------

bool is_offer_without_call(const CoreState& state, base::OfferId id) {
  const queue::Offer* offer = state.engine.offer(id);
  return offer != nullptr && state.calls.offer(id) == nullptr;
}

bool is_call_without_offer(const CoreState& state, base::OfferId id) {
  const call::Offer* offer = state.calls.offer(id);
  return offer != nullptr && offer->is_of_queue() && state.engine.offer(id) == nullptr;
}

// An operator may set a state by hand, so this has to last before anybody acts (self_check.h).
bool is_agent_without_offer(const CoreState& state, base::AgentId id) {
  const queue::Agent* agent = state.engine.agent(id);
  return agent != nullptr && !agent->offer &&
         (agent->state == queue::AgentState::Receiving ||
          agent->state == queue::AgentState::InAQueueCall);
}

bool is_member_without_leg(const CoreState& state, base::MemberId id) {
  const queue::Member* member = state.engine.member(id);
  const bool waits = member != nullptr && (member->state == queue::MemberState::Waiting ||
                                           member->state == queue::MemberState::Trying);
  if (!waits) return false;
  const call::Leg* leg = state.calls.leg(member->leg);
  if (leg == nullptr || leg->is_ending()) return true;
  const auto* waiting = std::get_if<call::InQueue>(&leg->execution.running);
  return waiting == nullptr || waiting->member != id;
}

bool is_talk_without_bridge(const CoreState& state, base::MemberId id) {
  const queue::Member* member = state.engine.member(id);
  if (member == nullptr || member->state != queue::MemberState::Answered) return false;
  const call::Leg* leg = state.calls.leg(member->leg);
  return leg == nullptr || leg->is_ending() || !leg->bridge;
}

bool is_leg_without_member(const CoreState& state, base::LegId id) {
  const call::Leg* leg = state.calls.leg(id);
  if (leg == nullptr || leg->is_ending()) return false;
  const auto* waiting = std::get_if<call::InQueue>(&leg->execution.running);
  if (waiting == nullptr || !waiting->member) return false;
  const queue::Member* member = state.engine.member(waiting->member);
  return member == nullptr || member->leg != id;
}

bool is_bridge_with_one_side(const CoreState& state, base::LegId id) {
  const call::Leg* leg = state.calls.leg(id);
  if (leg == nullptr || !leg->bridge) return false;
  const call::Leg* other = state.calls.leg(leg->bridge);
  return other == nullptr || other->bridge != id;
}

bool is_listener_without_leg(const CoreState& state, base::LegId id) {
  const call::Leg* leg = state.calls.leg(id);
  if (leg == nullptr || leg->is_ending()) return false;
  const call::Eavesdropping* listening = call::eavesdropping_of(*leg);
  if (listening == nullptr) return false;
  const call::Leg* watched = state.calls.leg(listening->watched);
  return watched == nullptr || watched->is_ending();
}

// Sip gives up on a BYE after 32 s (RFC 3261 §17.1.2.2, timer F), so this must not last.
bool is_leg_that_never_goes(const CoreState& state, base::LegId id) {
  const call::Leg* leg = state.calls.leg(id);
  return leg != nullptr && leg->is_ending();
}

// Only sip can say the rest.
bool is_leg_in_a_call(const CoreState& state, base::LegId id) {
  const call::Leg* leg = state.calls.leg(id);
  return leg != nullptr && !leg->is_ending();
}

std::string name_of(const CoreState& state, base::AgentId id) {
  const queue::Agent* agent = state.engine.agent(id);
  return agent == nullptr ? "agent " + std::to_string(id.value) : agent->name;
}

std::string name_of(const CoreState& state, base::MemberId id) {
  const queue::Member* member = state.engine.member(id);
  if (member == nullptr) return "member " + std::to_string(id.value);
  return "member " + member->uuid + " (" + member->cid_number + ") of " + member->queue_name;
}

std::string name_of(const CoreState& state, base::LegId id) {
  const call::Leg* leg = state.calls.leg(id);
  return "leg " + (leg == nullptr ? std::to_string(id.value) : leg->uuid);
}

class Finder {
 public:
  Finder(const CoreState& state, base::Instant now) : state_(state), now_(now) {}

  std::vector<Violation> run() {
    for (const queue::Offer* offer : state_.engine.offers()) {
      note({.kind = Kind::OfferWithoutCall, .offer = offer->id, .agent = offer->agent});
    }
    for (const call::Offer* offer : state_.calls.offers()) {
      note({.kind = Kind::CallWithoutOffer, .offer = offer->id, .leg = offer->leg});
    }
    for (const queue::Agent* agent : state_.engine.agents()) {
      note({.kind = Kind::AgentWithoutOffer, .agent = agent->id});
    }
    for (const queue::Member* member : state_.engine.members()) {
      note({.kind = Kind::MemberWithoutLeg, .member = member->id, .leg = member->leg});
      note({.kind = Kind::TalkWithoutBridge, .member = member->id, .leg = member->leg});
    }
    for (const call::Leg* leg : state_.calls.legs()) {
      note({.kind = Kind::LegWithoutMember, .leg = leg->id});
      note({.kind = Kind::BridgeWithOneSide, .leg = leg->id});
      note({.kind = Kind::LegThatNeverGoes, .leg = leg->id});
      note({.kind = Kind::ListenerWithoutLeg, .leg = leg->id});
    }
    note({.kind = Kind::LimitsMiscounted});
    note({.kind = Kind::RulesOfTheQueues});
    return std::move(found_);
  }

 private:
  void note(const Violation& violation) {
    if (holds(state_, violation, now_)) found_.push_back(violation);
  }

  const CoreState& state_;
  const base::Instant now_;
  std::vector<Violation> found_;
};

}  // namespace

std::vector<Violation> find_violations(const CoreState& state, base::Instant now) {
  return Finder(state, now).run();
}

bool holds(const CoreState& state, const Violation& violation, base::Instant now) {
  switch (violation.kind) {
    case Kind::OfferWithoutCall:
      return is_offer_without_call(state, violation.offer);
    case Kind::CallWithoutOffer:
      return is_call_without_offer(state, violation.offer);
    case Kind::AgentWithoutOffer:
      return is_agent_without_offer(state, violation.agent);
    case Kind::MemberWithoutLeg:
      return is_member_without_leg(state, violation.member);
    case Kind::TalkWithoutBridge:
      return is_talk_without_bridge(state, violation.member);
    case Kind::LegWithoutMember:
      return is_leg_without_member(state, violation.leg);
    case Kind::BridgeWithOneSide:
      return is_bridge_with_one_side(state, violation.leg);
    case Kind::LegThatNeverGoes:
      return is_leg_that_never_goes(state, violation.leg);
    case Kind::LegUnknownToSip:
      return is_leg_in_a_call(state, violation.leg);
    case Kind::ListenerWithoutLeg:
      return is_listener_without_leg(state, violation.leg);
    case Kind::LimitsMiscounted:
      return !state.calls.are_limits_right();
    case Kind::RulesOfTheQueues:
      break;
  }
  return !state.engine.broken_rules(now).empty();
}

std::string text_of(const CoreState& state, const Violation& violation, base::Instant now) {
  switch (violation.kind) {
    case Kind::OfferWithoutCall:
      return name_of(state, violation.agent) + " is offered a call, but nobody calls it";
    case Kind::CallWithoutOffer:
      return "an agent is called for an offer that no queue knows";
    case Kind::AgentWithoutOffer:
      return name_of(state, violation.agent) + " is busy with a call that there is not";
    case Kind::MemberWithoutLeg:
      return name_of(state, violation.member) + " waits without a call";
    case Kind::TalkWithoutBridge:
      return name_of(state, violation.member) + " talks to nobody";
    case Kind::LegWithoutMember:
      return name_of(state, violation.leg) + " waits in a queue that does not know it";
    case Kind::BridgeWithOneSide:
      return name_of(state, violation.leg) + " is bridged to a leg that is not bridged to it";
    case Kind::LegThatNeverGoes:
      return name_of(state, violation.leg) + " has ended and does not go";
    case Kind::LegUnknownToSip:
      return name_of(state, violation.leg) + " is in a call that SIP does not know";
    case Kind::ListenerWithoutLeg:
      return name_of(state, violation.leg) + " listens to a call that is over";
    case Kind::LimitsMiscounted:
      return "what is counted of limited resources is not what calls hold";
    case Kind::RulesOfTheQueues:
      break;
  }
  std::string text = "the queues contradict themselves";
  for (const std::string& rule : state.engine.broken_rules(now)) text += "; " + rule;
  return text;
}

}  // namespace core
