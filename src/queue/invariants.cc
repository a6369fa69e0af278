#include "queue/invariants.h"

#include <algorithm>

#include "base/check.h"
#include "base/text.h"
#include "queue/eligibility.h"
#include "queue/offer_selection.h"

namespace queue {
namespace {

void check_offer(const State& state, const Offer& offer) {
  const auto agent = state.agents.find(offer.agent);
  CHECK(agent != state.agents.end());
  CHECK(agent->second.offer == offer.id);
  if (offer.cancelled == Offer::Cancelled::Yes) return;
  const auto member = state.members.find(offer.member);
  CHECK(member != state.members.end());
  const auto& offers = member->second.offers;
  CHECK(std::count(offers.begin(), offers.end(), offer.id) == 1);
  CHECK(member->second.state ==
        (offer.phase == Offer::Phase::Bridged ? MemberState::Answered : MemberState::Trying));
}

void check_agent(const State& state, const Agent& agent) {
  if (agent.offer) CHECK(state.offers.contains(agent.offer));
  // A removed agent is only kept for its offer.
  CHECK(!agent.removed || agent.offer);
  const auto& names = agent.removed ? state.leaving_agent_by_name : state.agent_by_name;
  const auto named = names.find(agent.name);
  CHECK(named != names.end() && named->second == agent.id);
  const Purpose rest{.kind = Purpose::Kind::AgentRested, .first = agent.id.value};
  if (state.deadlines.armed_for(rest)) {
    CHECK(wants_calls(agent));
    CHECK(state.deadlines.armed_for(rest) == rested_at(agent));
    CHECK(!state.ready.contains(agent.id));
  }
}

void check_member(const State& state, const Member& member) {
  const auto floor = state.floors.find(member.queue);
  CHECK(floor != state.floors.end());
  CHECK(state.queues.contains(member.queue));
  const QueueFloor& on = floor->second;
  const bool waits = member.state == MemberState::Waiting;
  const bool tries = member.state == MemberState::Trying;
  CHECK(on.line.contains(member.id) == waits);
  CHECK(on.inside.contains(member.id) == (waits || tries));
  CHECK(on.abandoned.contains(member.id) == (member.state == MemberState::Abandoned));
  CHECK(on.in_a_call.contains(member.id) == (member.state == MemberState::Answered));
  // Nobody is left in Trying, and nobody rings for a member who is not tried.
  CHECK(member.offers.empty() == (waits || member.state == MemberState::Abandoned));
  CHECK((member.state == MemberState::Abandoned) == member.abandoned_at.has_value());
  CHECK((member.state == MemberState::Abandoned) == !member.leg);
  for (const base::OfferId offer : member.offers) CHECK(state.offers.contains(offer));
  const Purpose end{.kind = Purpose::Kind::AbandonedExpires, .first = member.id.value};
  CHECK(state.deadlines.armed_for(end).has_value() == (member.state == MemberState::Abandoned));
}

// The indexes say what the rows say.
void check_indexes(const State& state) {
  State again;
  again.anchor = state.anchor;
  again.agents = state.agents;
  again.queues = state.queues;
  again.tiers = state.tiers;
  again.members = state.members;
  again.deadlines = state.deadlines;
  rebuild_indexes(again);
  CHECK(again.queues_of_agent == state.queues_of_agent);
  CHECK(again.floors.size() == state.floors.size());
  for (const auto& [id, queue] : state.queues) {
    CHECK(again.ready.in(id) == state.ready.in(id));
    const auto named = state.queue_by_name.find(base::to_lower(queue.settings.name));
    CHECK(named != state.queue_by_name.end() && named->second == id);
  }
  for (const auto& [id, floor] : state.floors) {
    CHECK(again.floors.at(id).line.places() == floor.line.places());
    CHECK(again.floors.at(id).inside == floor.inside);
  }
}

// No agent who could take a call is left idle while a member waits.
void check_nobody_waits_in_vain(const State& state) {
  for (const auto& [id, floor] : state.floors) {
    for (const Place& place : floor.line.places()) {
      for (const ReadyPlace& ready : state.ready.in(id)) {
        CHECK(is_barred(state, ready.agent, place.member));
      }
    }
  }
}

}  // namespace

void check_invariants(const State& state, base::Instant now) {
  for (const auto& [id, offer] : state.offers) check_offer(state, offer);
  for (const auto& [id, agent] : state.agents) check_agent(state, agent);
  for (const auto& [id, member] : state.members) check_member(state, member);
  for (const auto& [key, tier] : state.tiers) {
    CHECK(state.agents.contains(key.second) && state.queues.contains(key.first));
  }
  check_indexes(state);
  check_nobody_waits_in_vain(state);
  CHECK(!state.deadlines.next() || *state.deadlines.next() > now);
}

}  // namespace queue
