#include "queue/offer_selection.h"

namespace queue {
namespace {

// 0 for an agent that has not failed the member; the later it did, the higher.
std::uint64_t failure_rank(const Member& member, base::AgentId agent) {
  const auto found = member.failed_with.find(agent);
  return found == member.failed_with.end() ? 0 : found->second;
}

}  // namespace

// Looks at no more agents than have failed the member or are barred from it, and one.
std::optional<base::AgentId> best_agent_for(const State& state, const Member& member) {
  std::optional<ReadyPlace> best;
  std::uint64_t best_failure = 0;
  for (const ReadyPlace& place : state.ready.in(member.queue)) {
    if (best && place.rank != best->rank) break;
    if (is_barred(state, place.agent, member.id)) continue;
    const std::uint64_t failure = failure_rank(member, place.agent);
    if (!best || failure < best_failure) {
      best = place;
      best_failure = failure;
    }
    if (failure == 0) break;
  }
  return best ? std::optional(best->agent) : std::nullopt;
}

std::optional<Place> best_member_for(const State& state, base::AgentId agent) {
  std::optional<Place> best;
  for (const base::QueueId queue : state.ready.queues_of(agent)) {
    const auto floor = state.floors.find(queue);
    if (floor == state.floors.end()) continue;
    for (const Place& place : floor->second.line.places()) {
      if (is_barred(state, agent, place.member)) continue;
      if (!best || place < *best) best = place;
      break;
    }
  }
  return best;
}

bool is_barred(const State& state, base::AgentId agent, base::MemberId member) {
  return state.not_again_before.contains({agent, member});
}

}  // namespace queue
