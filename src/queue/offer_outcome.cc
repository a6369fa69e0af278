#include "queue/offer_outcome.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/check.h"
#include "base/text.h"
#include "queue/agent_changes.h"
#include "queue/approach.h"
#include "queue/delays.h"
#include "queue/eligibility.h"
#include "queue/ending.h"
#include "queue/events.h"
#include "queue/leave.h"
#include "queue/lines.h"
#include "queue/offers.h"
#include "queue/presence.h"
#include "queue/time_limits.h"

namespace queue {
namespace {

// The member has this offer no more, and waits again with its place; one that has left is not
// touched.
void part_member(Turn& turn, const Offer& offer) {
  Member* member = find_member(turn.state, offer.member);
  if (member == nullptr) return;
  member->offers.erase(offer.id);
  if (member->connecting == offer.id) member->connecting = {};
  if (member->state == MemberState::Trying) approach_anew(turn, *member);
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

// What counts towards a limit, and which one.
struct Limit {
  FailureClass failure;
  std::string_view name;  // Of its event: agent-max-no-answer and the like.
  std::int64_t Agent::*count;
  std::int64_t Agent::*max;
};
constexpr std::array<Limit, 3> kLimits{{
    {FailureClass::NoAnswer, "No-Answer", &Agent::no_answer_count, &Agent::max_no_answer},
    {FailureClass::Busy, "Busy", &Agent::busy_count, &Agent::max_busy},
    {FailureClass::Reject, "Reject", &Agent::reject_count, &Agent::max_reject},
}};

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

// Spec/04 §5: too many failures of one kind in a row change the agent's status.
void count_failure(Turn& turn, Agent& agent, const Offer& offer, FailureClass failure) {
  const auto row = std::find_if(kLimits.begin(), kLimits.end(),
                                [&](const Limit& limit) { return limit.failure == failure; });
  if (row == kLimits.end()) return;
  const std::int64_t count = ++(agent.*row->count);
  if (agent.*row->max <= 0 || count < agent.*row->max) return;
  const Queue* queue = find_queue(turn.state, offer.queue);
  const AgentStatus status =
      queue == nullptr ? AgentStatus::OnBreak : queue->settings.agent_no_answer_status;
  announce_limit_reached(turn, agent, offer, {.name = row->name, .count = count, .status = status});
  change_status(turn, agent, status);
}

// The leg of a standby agent is gone: nobody can be reached there until it calls in again. It is
// no call that was not answered (spec/10 #16).
bool lost_its_leg(const Agent& agent, std::string_view cause) {
  return is_standby(agent) && cause == "NONE";
}

void log_out_lost_agent(Turn& turn, Agent& agent) {
  agent.uuid.clear();
  change_status(turn, agent, AgentStatus::LoggedOut);
}

void ringing_failed(Turn& turn, Agent& agent, const Offer& offer, std::string_view cause) {
  const bool lost = lost_its_leg(agent, cause);
  const FailureClass failure = lost ? FailureClass::Cancelled : classify_failure(cause);
  if (failure != FailureClass::Cancelled) remember_failure(turn, offer);
  part_member(turn, offer);
  const base::Duration delay = delay_after(failure, agent);
  if (lost) log_out_lost_agent(turn, agent);
  count_failure(turn, agent, offer, failure);
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
  const Member& member = the_member(turn.state, offer.member);
  turn.state.touched_rows.ended(answered_stay(member, offer, agent, cause, turn.now));
  forget_member(turn.state, offer.member);
}

void conversation_ended(Turn& turn, Agent& agent, const Offer& offer, std::string_view cause) {
  announce_bridge_end(turn, agent, offer, cause);
  if (!is_standby(agent)) agent.uuid.clear();
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
  member->connecting = offer->id;
  for (const base::OfferId other : member->offers) {
    if (other != offer->id) cancel_offer(turn, other, "LOSE_RACE");
  }
  member->offers = {offer->id};
  line_up(turn, *member);
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
  stop_waiting(turn, *member, MemberState::Answered);
  ++the_queue(turn.state, offer->queue).calls_answered;
  announce_occupancy(turn, offer->queue);
  agent->uuid = offer->leg_uuid;
  agent->last_bridge_start = turn.now;
  ++agent->calls_answered;
  agent->no_answer_count = 0;
  agent->busy_count = 0;
  agent->reject_count = 0;
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
  turn.state.touched_rows.ended(ended_offer(offer, *agent, cause, turn.now));

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
  leave_if_expired(turn, offer.member);
}

}  // namespace queue
