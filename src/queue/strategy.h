// Strategies: in which order a queue asks its agents, and how many at a time (spec/03 §5, §6).
//
// A strategy is one value in a file of its own. It ranks agents, and may begin somewhere else than
// at the top. Agents of equal rank are equals: one that just failed the member is asked after the
// others (spec/10 #38), then comes the order in which they were added.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "queue/agent_place.h"
#include "queue/records.h"

namespace queue {

struct Strategy {
  // What the tier rules look at (tier_rules.h): the whole queue, the stretches one after the other
  // as one scan, or what is left of the member's round.
  enum class RulesFollow { Queue, Scan, Round };
  enum class Draw { InOrder, AtRandom };

  std::string_view name;
  // May only depend on what cannot change while the agent is ready without refresh_agent().
  Rank (*rank)(const Agent& agent, const Tier& tier);
  // What is asked before the order is gone through from its top; nullopt: nothing.
  std::optional<Stretch> (*beginning)(const Queue& queue, const Member& member) = nullptr;
  Approach approach = Approach::One;
  RulesFollow rules_follow = RulesFollow::Queue;
  Draw draw = Draw::InOrder;  // Among equals that did not just fail the member.
};

extern const Strategy kRingAll;
extern const Strategy kRingProgressively;
extern const Strategy kLongestIdleAgent;
extern const Strategy kRoundRobin;
extern const Strategy kTopDown;
extern const Strategy kAgentWithLeastTalkTime;
extern const Strategy kAgentWithFewestCalls;
extern const Strategy kSequentiallyByAgentOrder;  // And every unknown text.
extern const Strategy kSequentiallyByNextAgentOrder;
extern const Strategy kRandom;

// All of them.
std::span<const Strategy* const> strategies();
// The strategy that the text of a queue's parameter names, in any case. nullptr: there is none.
const Strategy* find_strategy(std::string_view text);
// As find_strategy, with what unknown texts fall back to.
const Strategy& strategy_of(const Queue& queue);

// By position, then whoever was offered a call longest ago.
Rank by_position_and_last_offer(const Agent& agent, const Tier& tier);
// By position alone: agents of one position are equals.
Rank by_position(const Agent& agent, const Tier& tier);

}  // namespace queue
