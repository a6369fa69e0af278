#include "queue/invariants.h"

#include <string_view>

#include "base/text.h"
#include "queue/agent_choice.h"
#include "queue/eligibility.h"
#include "queue/lines.h"

namespace queue {
namespace {

// Enough to see what is wrong; a state in which everything is needs no list of it.
constexpr std::size_t kBrokenMax = 20;

// Writes down the rules that do not hold, each with the row that breaks it.
class Broken {
 public:
  explicit Broken(std::vector<std::string>& texts) : texts_(texts) {}

  // Of which row the rules speak from now on.
  void about(std::string_view kind, std::uint64_t id) {
    kind_ = kind;
    id_ = id;
  }
  // Returns: whether it holds.
  bool expect(bool holds, std::string_view rule) {
    if (!holds && texts_.size() < kBrokenMax) {
      texts_.push_back(std::string(kind_) + " " + std::to_string(id_) + ": " + std::string(rule));
    }
    return holds;
  }

 private:
  std::vector<std::string>& texts_;
  std::string_view kind_;
  std::uint64_t id_ = 0;
};

void check_offer(const State& state, const Offer& offer, Broken& broken) {
  broken.about("offer", offer.id.value);
  const auto agent = state.agents.find(offer.agent);
  if (!broken.expect(agent != state.agents.end(), "its agent is there")) return;
  broken.expect(agent->second.offer == offer.id, "its agent is in it");
  if (offer.cancelled == Offer::Cancelled::Yes) return;
  const auto member = state.members.find(offer.member);
  if (!broken.expect(member != state.members.end(), "its member is there")) return;
  broken.expect(member->second.offers.contains(offer.id), "its member knows it");
  broken.expect(
      member->second.state ==
          (offer.phase == Offer::Phase::Bridged ? MemberState::Answered : MemberState::Trying),
      "its member is tried, or talks");
}

void check_agent(const State& state, const Agent& agent, Broken& broken) {
  broken.about("agent", agent.id.value);
  broken.expect(!agent.offer || state.offers.contains(agent.offer), "its offer is there");
  broken.expect(!agent.removed || agent.offer, "a removed one is only kept for its offer");
  const auto& names = agent.removed ? state.leaving_agent_by_name : state.agent_by_name;
  const auto named = names.find(agent.name);
  broken.expect(named != names.end() && named->second == agent.id, "it is found by its name");
  const Purpose rest{.kind = Purpose::Kind::AgentRested, .first = agent.id.value};
  if (!state.deadlines.armed_for(rest)) return;
  broken.expect(wants_calls(agent), "who rests takes calls afterwards");
  broken.expect(state.deadlines.armed_for(rest) == rested_at(agent), "the rest ends when it says");
  broken.expect(!state.ready.contains(agent.id), "who rests is not ready");
}

// Nobody is left in Trying, and nobody rings for a member who is not tried.
void check_progress(const Member& member, Broken& broken) {
  const bool waits = member.state == MemberState::Waiting;
  const bool tries = member.state == MemberState::Trying;
  broken.expect(!waits || (member.offers.empty() && member.approach == Approach::One),
                "nobody rings for one who waits");
  broken.expect(!tries || !member.offers.empty() || member.approach != Approach::One,
                "somebody rings for one who is tried");
  broken.expect(member.state != MemberState::Answered || member.offers.size() == 1,
                "who talks has one offer");
  broken.expect(member.state != MemberState::Abandoned || member.offers.empty(),
                "nobody rings for one who went");
  broken.expect(!member.connecting || member.offers.contains(member.connecting),
                "the answered offer is one of its own");
  broken.expect(!member.leaving || (tries && !member.offers.empty()),
                "who leaves when phones stop is tried");
}

void check_member(const State& state, const Member& member, Broken& broken) {
  broken.about("member", member.id.value);
  const auto floor = state.floors.find(member.queue);
  if (!broken.expect(floor != state.floors.end(), "its queue has a floor")) return;
  broken.expect(state.queues.contains(member.queue), "its queue is there");
  const QueueFloor& on = floor->second;
  const bool is_inside =
      member.state == MemberState::Waiting || member.state == MemberState::Trying;
  const Purpose pause{.kind = Purpose::Kind::AsksAgain, .first = member.id.value};
  const bool in_line = wants_offer(member) && !state.deadlines.armed_for(pause);
  broken.expect(on.lines.at(base::Duration::zero()).contains(member.id) == in_line,
                "who wants an offer is in line");
  broken.expect(on.inside.contains(member.id) == is_inside, "who waits is inside");
  broken.expect(on.abandoned.contains(member.id) == (member.state == MemberState::Abandoned),
                "who went is among them");
  broken.expect(on.in_a_call.contains(member.id) == (member.state == MemberState::Answered),
                "who talks is in a call");
  broken.expect(member.state != MemberState::Abandoned || member.abandoned_at.has_value(),
                "who went has an instant of it");
  broken.expect((member.state == MemberState::Abandoned) == !member.leg, "who is here has a leg");
  for (const base::OfferId offer : member.offers) {
    broken.expect(state.offers.contains(offer), "its offers are there");
  }
  const Purpose end{.kind = Purpose::Kind::AbandonedExpires, .first = member.id.value};
  broken.expect(
      state.deadlines.armed_for(end).has_value() == (member.state == MemberState::Abandoned),
      "the row of one who went has an end");
  const Purpose limit{.kind = Purpose::Kind::WaitExpires, .first = member.id.value};
  broken.expect(!state.deadlines.armed_for(limit) || is_inside, "only who waits has a limit");
  check_progress(member, broken);
}

// The indexes say what the rows say.
void check_indexes(const State& state, Broken& broken) {
  State again;
  again.anchor = state.anchor;
  again.agents = state.agents;
  again.queues = state.queues;
  again.tiers = state.tiers;
  again.members = state.members;
  again.deadlines = state.deadlines;
  rebuild_indexes(again);
  broken.about("indexes", 0);
  broken.expect(again.queues_of_agent == state.queues_of_agent, "queues of agents");
  broken.expect(again.levels == state.levels, "levels");
  broken.expect(again.roster == state.roster, "roster");
  broken.expect(again.ready == state.ready, "who is ready");
  broken.expect(again.floors == state.floors, "floors");
  for (const auto& [id, queue] : state.queues) {
    const auto named = state.queue_by_name.find(base::to_lower(queue.settings.name));
    broken.about("queue", id.value);
    broken.expect(named != state.queue_by_name.end() && named->second == id,
                  "it is found by its name");
  }
}

// No agent who could take a call is left idle while a member waits that it could have.
void check_nobody_waits_in_vain(const State& state, base::Instant now, Broken& broken) {
  for (const auto& [id, floor] : state.floors) {
    if (state.ready.empty(id)) continue;
    for (const Place& place : floor.lines.at(base::Duration::zero()).places()) {
      const auto member = state.members.find(place.member);
      broken.about("member", place.member.value);
      if (!broken.expect(member != state.members.end(), "who is in line is there")) continue;
      broken.expect(!first_choice(state, member->second, now),
                    "it does not wait while an agent is free for it");
    }
  }
}

}  // namespace

std::vector<std::string> broken_rules(const State& state, base::Instant now) {
  std::vector<std::string> texts;
  Broken broken(texts);
  for (const auto& [id, offer] : state.offers) check_offer(state, offer, broken);
  for (const auto& [id, agent] : state.agents) check_agent(state, agent, broken);
  for (const auto& [id, member] : state.members) check_member(state, member, broken);
  for (const auto& [key, tier] : state.tiers) {
    broken.about("tier of queue", key.first.value);
    broken.expect(state.agents.contains(key.second) && state.queues.contains(key.first),
                  "its agent and queue are there");
  }
  // What follows looks up rows that others name.
  if (!texts.empty()) return texts;
  check_indexes(state, broken);
  if (!texts.empty()) return texts;
  check_nobody_waits_in_vain(state, now, broken);
  broken.about("deadlines", 0);
  broken.expect(!state.deadlines.next() || *state.deadlines.next() > now, "none is overdue");
  return texts;
}

}  // namespace queue
