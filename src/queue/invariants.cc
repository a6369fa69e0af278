#include "queue/invariants.h"

#include "base/check.h"
#include "base/text.h"
#include "queue/agent_choice.h"
#include "queue/eligibility.h"
#include "queue/lines.h"

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
  CHECK(offers.contains(offer.id));
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

// Nobody is left in Trying, and nobody rings for a member who is not tried.
void check_progress(const Member& member) {
  const bool waits = member.state == MemberState::Waiting;
  const bool tries = member.state == MemberState::Trying;
  CHECK(!waits || (member.offers.empty() && member.approach == Approach::One));
  CHECK(!tries || !member.offers.empty() || member.approach != Approach::One);
  CHECK(member.state != MemberState::Answered || member.offers.size() == 1);
  CHECK(member.state != MemberState::Abandoned || member.offers.empty());
  CHECK(!member.connecting || member.offers.contains(member.connecting));
  CHECK(!member.leaving || (tries && !member.offers.empty()));
}

void check_member(const State& state, const Member& member) {
  const auto floor = state.floors.find(member.queue);
  CHECK(floor != state.floors.end());
  CHECK(state.queues.contains(member.queue));
  const QueueFloor& on = floor->second;
  const bool is_inside =
      member.state == MemberState::Waiting || member.state == MemberState::Trying;
  const Purpose pause{.kind = Purpose::Kind::AsksAgain, .first = member.id.value};
  const bool in_line = wants_offer(member) && !state.deadlines.armed_for(pause);
  CHECK(on.lines.at(base::Duration::zero()).contains(member.id) == in_line);
  CHECK(on.inside.contains(member.id) == is_inside);
  CHECK(on.abandoned.contains(member.id) == (member.state == MemberState::Abandoned));
  CHECK(on.in_a_call.contains(member.id) == (member.state == MemberState::Answered));
  CHECK(member.state != MemberState::Abandoned || member.abandoned_at.has_value());
  CHECK((member.state == MemberState::Abandoned) == !member.leg);
  for (const base::OfferId offer : member.offers) CHECK(state.offers.contains(offer));
  const Purpose end{.kind = Purpose::Kind::AbandonedExpires, .first = member.id.value};
  CHECK(state.deadlines.armed_for(end).has_value() == (member.state == MemberState::Abandoned));
  const Purpose limit{.kind = Purpose::Kind::WaitExpires, .first = member.id.value};
  CHECK(!state.deadlines.armed_for(limit) || is_inside);
  check_progress(member);
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
  CHECK(again.levels == state.levels);
  CHECK(again.roster == state.roster);
  CHECK(again.ready == state.ready);
  for (const auto& [id, queue] : state.queues) {
    const auto named = state.queue_by_name.find(base::to_lower(queue.settings.name));
    CHECK(named != state.queue_by_name.end() && named->second == id);
  }
  CHECK(again.floors == state.floors);
}

// No agent who could take a call is left idle while a member waits that it could have.
void check_nobody_waits_in_vain(const State& state, base::Instant now) {
  for (const auto& [id, floor] : state.floors) {
    if (state.ready.empty(id)) continue;
    for (const Place& place : floor.lines.at(base::Duration::zero()).places()) {
      CHECK(!first_choice(state, state.members.at(place.member), now));
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
  check_nobody_waits_in_vain(state, now);
  CHECK(!state.deadlines.next() || *state.deadlines.next() > now);
}

}  // namespace queue
