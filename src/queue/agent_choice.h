// Which agent a member is offered to: the first in the strategy's order who is ready, whose level
// is open, and who may be offered this member. Among equals one that just failed this member comes
// last (spec/10 #38).
#pragma once

#include <optional>

#include "queue/state.h"

namespace queue {

// nullopt: nobody can be offered this member now.
std::optional<base::AgentId> first_choice(const State& state, const Member& member,
                                          base::Instant now);

// As first_choice, with the strategy's draw among equals.
std::optional<base::AgentId> choose_agent(Turn& turn, const Member& member);

// Remembers that the agent is asked, for the strategies that go on from there.
void note_asked(Queue& queue, Member& member, const Tier& tier);

// A status change took this offer back less than a second ago (spec/10 #46).
bool is_barred(const State& state, base::AgentId agent, base::MemberId member);

// When the agent failed the member: the later the higher; 0: it did not.
std::uint64_t failure_rank(const Member& member, base::AgentId agent);

}  // namespace queue
