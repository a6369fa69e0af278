#include "queue/state.h"

#include <algorithm>

#include "base/check.h"
#include "base/text.h"
#include "queue/eligibility.h"
#include "queue/lines.h"
#include "queue/roster.h"

namespace queue {
namespace {

// Operators' numbers are 64 bits wide, and so is an Instant in milliseconds. Three hundred years
// either way is "never" to a call centre and leaves the arithmetic far from its ends.
constexpr std::int64_t kSecondsMax = 10'000'000'000;

QueueFloor& floor_of(State& state, base::QueueId queue) {
  const auto [place, is_new] = state.floors.try_emplace(queue);
  if (is_new) make_lines(state, queue, place->second);
  return place->second;
}

void place_on_floor(State& state, const Member& member) {
  QueueFloor& floor = floor_of(state, member.queue);
  switch (member.state) {
    case MemberState::Waiting:
    case MemberState::Trying:
      floor.inside.insert(member.id);
      if (!member.leaving) floor.entered.emplace(member.entered_at(), member.id);
      break;
    case MemberState::Answered:
      floor.in_a_call.insert(member.id);
      break;
    case MemberState::Abandoned:
      floor.abandoned.insert(member.id);
      if (!member.cid_number.empty()) {
        floor.missed[member.cid_number].emplace(*member.abandoned_at, member.id);
      }
      break;
  }
}

void take_from_floor(State& state, const Member& member) {
  const auto found = state.floors.find(member.queue);
  if (found == state.floors.end()) return;
  QueueFloor& floor = found->second;
  leave_lines(floor, member.id);
  floor.inside.erase(member.id);
  floor.entered.erase({member.entered_at(), member.id});
  floor.in_a_call.erase(member.id);
  floor.abandoned.erase(member.id);
  const auto missed = floor.missed.find(member.cid_number);
  if (missed != floor.missed.end() && member.abandoned_at) {
    missed->second.erase({*member.abandoned_at, member.id});
    if (missed->second.empty()) floor.missed.erase(missed);
  }
  if (floor.empty()) state.floors.erase(found);
}

template <class Map, class Key>
auto* find_row(Map& rows, const Key& key) {
  const auto found = rows.find(key);
  return found == rows.end() ? nullptr : &found->second;
}

}  // namespace

void describe(base::Archive& archive, State& state) {
  std::uint64_t random = state.random.state();
  archive.field("random", random);
  state.random = base::Random(random);
  archive.field("unix_ms_at_origin", state.anchor.unix_ms_at_origin);
  archive.field("settings", state.settings);
  archive.field("agents", state.agents);
  archive.field("queues", state.queues);
  archive.field("tiers", state.tiers);
  archive.field("members", state.members);
  archive.field("offers", state.offers);
  archive.field("not_again_before", state.not_again_before);
  archive.field("external_calls", state.external_calls);
  archive.field("deadlines", state.deadlines);
  archive.field("last_id", state.last_id);
}

void rebuild_indexes(State& state) {
  state.agent_by_name.clear();
  state.leaving_agent_by_name.clear();
  state.queue_by_name.clear();
  state.queues_of_agent.clear();
  state.levels.clear();
  state.floors.clear();
  state.roster = AgentOrder();
  state.ready = AgentOrder();
  for (const auto& [id, agent] : state.agents) {
    (agent.removed ? state.leaving_agent_by_name : state.agent_by_name).emplace(agent.name, id);
  }
  for (const auto& [id, queue] : state.queues) {
    state.queue_by_name.emplace(base::to_lower(queue.settings.name), id);
  }
  for (const auto& [key, tier] : state.tiers) {
    state.queues_of_agent[key.second].insert(key.first);
    ++state.levels[key.first][tier.level];
  }
  for (const auto& [id, agent] : state.agents) index_in_roster(state, agent);
  for (const auto& [id, member] : state.members) {
    place_on_floor(state, member);
    restore_lines(state, member);
  }
  // An agent with an armed rest is not ready yet, and every other one was looked at when it last
  // changed: so the deadlines, not the clock, say who is ready.
  for (const auto& [id, agent] : state.agents) {
    const Purpose rest{.kind = Purpose::Kind::AgentRested, .first = id.value};
    if (wants_calls(agent) && !state.deadlines.armed_for(rest)) index_ready_agent(state, agent);
  }
}

Agent* find_agent(State& state, base::AgentId id) {
  state.touched_rows.agent(id);
  return find_row(state.agents, id);
}

Agent* find_agent(State& state, std::string_view name) {
  const auto found = state.agent_by_name.find(name);
  return found == state.agent_by_name.end() ? nullptr : find_agent(state, found->second);
}

Queue* find_queue(State& state, base::QueueId id) {
  state.touched_rows.queue(id);
  return find_row(state.queues, id);
}

Queue* find_loaded_queue(State& state, std::string_view name) {
  const auto found = state.queue_by_name.find(base::to_lower(name));
  if (found == state.queue_by_name.end()) return nullptr;
  Queue& queue = the_queue(state, found->second);
  return queue.loaded ? &queue : nullptr;
}

const Queue* find_loaded_queue(const State& state, std::string_view name) {
  const auto found = state.queue_by_name.find(base::to_lower(name));
  if (found == state.queue_by_name.end()) return nullptr;
  const Queue& queue = state.queues.at(found->second);
  return queue.loaded ? &queue : nullptr;
}

Tier* find_tier(State& state, base::QueueId queue, base::AgentId agent) {
  state.touched_rows.tier({queue, agent});
  return find_row(state.tiers, TierKey{queue, agent});
}

Member* find_member(State& state, base::MemberId id) {
  state.touched_rows.member(id);
  return find_row(state.members, id);
}

Offer* find_offer(State& state, base::OfferId id) {
  return find_row(state.offers, id);
}

Agent& the_agent(State& state, base::AgentId id) {
  Agent* agent = find_agent(state, id);
  CHECK(agent != nullptr);
  return *agent;
}

Queue& the_queue(State& state, base::QueueId id) {
  Queue* queue = find_queue(state, id);
  CHECK(queue != nullptr);
  return *queue;
}

const Queue& the_queue(const State& state, base::QueueId id) {
  const auto found = state.queues.find(id);
  CHECK(found != state.queues.end());
  return found->second;
}

Member& the_member(State& state, base::MemberId id) {
  Member* member = find_member(state, id);
  CHECK(member != nullptr);
  return *member;
}

std::size_t count_inside(const State& state, base::QueueId queue) {
  const auto floor = state.floors.find(queue);
  return floor == state.floors.end() ? 0 : floor->second.inside.size();
}

base::Duration credit_of(const State& state, const Member& member) {
  return credit_of(state.queues.at(member.queue), member);
}

base::Duration credit_of(const Queue& queue, const Member& member) {
  return seconds(member.base_score) + seconds(queue.settings.weight);
}

Place place_of(const State& state, const Member& member) {
  return {.virtual_arrival = member.joined_at - credit_of(state, member), .member = member.id};
}

void set_member_state(Turn& turn, Member& member, MemberState to) {
  take_from_floor(turn.state, member);
  member.state = to;
  place_on_floor(turn.state, member);
  line_up(turn, member);
}

void forget_member(State& state, base::MemberId id) {
  const Member& member = the_member(state, id);
  const base::QueueId queue = member.queue;
  take_from_floor(state, member);
  state.members.erase(id);
  forget_queue_if_unused(state, queue);
}

void forget_queue_if_unused(State& state, base::QueueId id) {
  const Queue& queue = the_queue(state, id);
  if (queue.loaded || state.floors.contains(id)) return;
  const auto tier = state.tiers.lower_bound(TierKey{id, base::AgentId{}});
  if (tier != state.tiers.end() && tier->first.first == id) return;
  state.queue_by_name.erase(base::to_lower(queue.settings.name));
  state.queues.erase(id);
}

base::Duration seconds(std::int64_t count) {
  return std::chrono::seconds(std::clamp(count, -kSecondsMax, kSecondsMax));
}

}  // namespace queue
