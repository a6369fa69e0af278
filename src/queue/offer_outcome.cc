#include "queue/offer_outcome.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "base/text.h"
#include "queue/agent_changes.h"
#include "queue/delays.h"
#include "queue/eligibility.h"
#include "queue/events.h"
#include "queue/offers.h"
#include "queue/presence.h"

namespace queue {
namespace {

// The member has this offer no more. One that was tried by this agent alone waits again, with its
// place; one that has left is not touched.
void part_member(Turn& turn, const Offer& offer) {
  Member* member = find_member(turn.state, offer.member);
  if (member == nullptr) return;
  std::erase(member->offers, offer.id);
  if (member->state == MemberState::Trying && member->offers.empty()) {
    member->serving_agent.clear();
    set_member_state(turn, *member, MemberState::Waiting);
  }
}

void remember_failure(Turn& turn, const Offer& offer) {
  Member* member = find_member(turn.state, offer.member);
  if (member == nullptr || member->state == MemberState::Abandoned) return;
  member->failed_with[offer.agent] = ++turn.state.last_id;
}

// Whatever the cause says: a phone may answer 487 by itself.
void keep_retry_gap(Agent& agent, const Offer& offer) {
  if (offer.cancelled == Offer::Cancelled::No) agent.retry_at = offer.called_at + kRetryGap;
}

// Spec/04 §8.3: all ends meet here. An agent that was deleted meanwhile goes now.
void release_agent(Turn& turn, Agent& agent, const Offer& offer, TierState serving) {
  const bool rests = offer.status_at_start == AgentStatus::AvailableOnDemand &&
                     offer.phase == Offer::Phase::Bridged;
  free_tiers(turn, offer, serving);
  agent.offer = {};
  agent.state = rests ? AgentState::Idle : AgentState::Waiting;
  announce_state_change(turn, agent);
  refresh_agent(turn, agent);
  if (agent.removed) forget_agent(turn, agent.id);
}

// Spec/04 §5: too many calls not answered in a row change the agent's status.
void count_no_answer(Turn& turn, Agent& agent, const Offer& offer) {
  ++agent.no_answer_count;
  if (agent.max_no_answer <= 0 || agent.no_answer_count < agent.max_no_answer) return;
  const Queue* queue = find_queue(turn.state, offer.queue);
  const AgentStatus status =
      queue == nullptr ? AgentStatus::OnBreak : queue->settings.agent_no_answer_status;
  announce_max_no_answer(turn, agent, offer, status);
  change_status(turn, agent, status);
}

void ringing_failed(Turn& turn, Agent& agent, const Offer& offer, std::string_view cause) {
  const FailureClass failure = classify_failure(cause);
  if (failure != FailureClass::Cancelled) remember_failure(turn, offer);
  part_member(turn, offer);
  const base::Duration delay = delay_after(failure, agent);
  if (failure == FailureClass::NoAnswer) count_no_answer(turn, agent, offer);
  keep_retry_gap(agent, offer);
  if (delay > base::Duration::zero()) agent.ready_at = turn.now + delay;
  announce_bridge_fail(turn, agent, offer, cause);
  release_agent(turn, agent, offer,
                failure == FailureClass::NoAnswer ? TierState::NoAnswer : TierState::Ready);
}

// Answered, but the two never heard each other: no wrap-up, no delay (spec/04 §8).
void bridge_failed(Turn& turn, Agent& agent, const Offer& offer, std::string_view cause) {
  if (offer.cancelled == Offer::Cancelled::No) remember_failure(turn, offer);
  part_member(turn, offer);
  keep_retry_gap(agent, offer);
  announce_bridge_end(turn, agent, offer, cause);
  release_agent(turn, agent, offer, TierState::Ready);
}

void finish_member(Turn& turn, const Agent& agent, const Offer& offer, std::string_view cause) {
  turn.out.emplace_back(FinishMember{.leg = offer.facts.leg, .member = offer.member});
  announce_member_terminated(turn, agent, offer, cause);
  forget_member(turn.state, offer.member);
}

void conversation_ended(Turn& turn, Agent& agent, const Offer& offer, std::string_view cause) {
  announce_bridge_end(turn, agent, offer, cause);
  if (!base::equal_ignoring_case(agent.type, "uuid-standby")) agent.uuid.clear();
  agent.last_bridge_end = turn.now;
  agent.talk_time += turn.now - offer.bridged_at.value_or(turn.now);
  finish_member(turn, agent, offer, cause);
  release_agent(turn, agent, offer, TierState::Ready);
}

}  // namespace

void offer_answered(Turn& turn, const OfferAnswered& report) {
  Offer* offer = find_offer(turn.state, report.offer);
  // An answer that crosses a cancellation changes nothing: the leg is being ended already.
  if (offer == nullptr || offer->phase != Offer::Phase::Ringing ||
      offer->cancelled == Offer::Cancelled::Yes) {
    return;
  }
  Member* member = find_member(turn.state, offer->member);
  Agent* agent = find_agent(turn.state, offer->agent);
  CHECK(member != nullptr && agent != nullptr);

  offer->phase = Offer::Phase::Connecting;
  offer->answered_at = turn.now;
  offer->leg = report.leg;
  offer->leg_uuid = report.leg_uuid;
  member->serving_agent = agent->name;
  for (const base::OfferId other : member->offers) {
    if (other != offer->id) cancel_offer(turn, other, "LOSE_RACE");
  }
  announce_bridge_start(turn, *agent, *offer);
  turn.out.emplace_back(ConnectOffer{.offer = offer->id});
}

void offer_bridged(Turn& turn, const OfferBridged& report) {
  Offer* offer = find_offer(turn.state, report.offer);
  if (offer == nullptr || offer->phase != Offer::Phase::Connecting ||
      offer->cancelled == Offer::Cancelled::Yes) {
    return;
  }
  Member* member = find_member(turn.state, offer->member);
  Agent* agent = find_agent(turn.state, offer->agent);
  CHECK(member != nullptr && agent != nullptr);

  offer->phase = Offer::Phase::Bridged;
  offer->bridged_at = turn.now;
  member->bridged_at = turn.now;
  set_member_state(turn, *member, MemberState::Answered);
  if (Queue* queue = find_queue(turn.state, offer->queue)) ++queue->calls_answered;
  announce_occupancy(turn, offer->queue);
  agent->uuid = offer->leg_uuid;
  agent->last_bridge_start = turn.now;
  ++agent->calls_answered;
  agent->no_answer_count = 0;
  if (Tier* tier = find_tier(turn.state, offer->queue, agent->id)) {
    tier->state = TierState::ActiveInbound;
  }
  agent->state = AgentState::InAQueueCall;
  announce_state_change(turn, *agent);
}

void offer_over(Turn& turn, base::OfferId id, std::string_view cause) {
  const auto found = turn.state.offers.find(id);
  if (found == turn.state.offers.end()) return;
  const Offer offer = std::move(found->second);
  turn.state.offers.erase(found);
  Agent* agent = find_agent(turn.state, offer.agent);
  CHECK(agent != nullptr && agent->offer == id);

  switch (offer.phase) {
    case Offer::Phase::Ringing:
      ringing_failed(turn, *agent, offer, cause);
      break;
    case Offer::Phase::Connecting:
      bridge_failed(turn, *agent, offer, cause);
      break;
    case Offer::Phase::Bridged:
      conversation_ended(turn, *agent, offer, cause);
      break;
  }
}

}  // namespace queue
