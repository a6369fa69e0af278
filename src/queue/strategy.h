// Strategies: in which order a queue asks its agents.
//
// A strategy is one pure function in a file of its own. It gives a ready agent its rank in a queue;
// smaller ranks are asked first. A rank may only depend on what cannot change while the agent is
// ready without ReadyAgents being told. Agents of equal rank are equals: one that just failed the
// member is asked after the others (spec/10 #38), then comes the order in which they were added.
#pragma once

#include <compare>
#include <cstdint>
#include <string_view>

#include "queue/records.h"

namespace queue {

// Level always dominates (spec/03 §5); what the other two mean is the strategy's business.
struct Rank {
  std::int64_t level = 0;
  std::int64_t first = 0;
  std::int64_t second = 0;

  auto operator<=>(const Rank&) const = default;
};

using Strategy = Rank (*)(const Agent& agent, const Tier& tier);

Rank longest_idle_agent(const Agent& agent, const Tier& tier);
Rank by_position(const Agent& agent, const Tier& tier);

struct StrategyChoice {
  enum class Known { Yes, NotYet, No };

  Strategy rank = by_position;
  Known known = Known::No;
};

// The strategy that the text of a queue's parameter names, in any case.
StrategyChoice choose_strategy(std::string_view text);

}  // namespace queue
