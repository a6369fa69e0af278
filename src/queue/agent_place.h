// An agent's place in the order in which one queue asks its agents.
#pragma once

#include <compare>
#include <cstdint>
#include <limits>

#include "base/archive.h"
#include "base/ids.h"

namespace queue {

// Smaller is asked first. Level always dominates (spec/03 §5); what the other two mean is the
// strategy's business. Agents of equal rank are equals to the strategy.
struct Rank {
  std::int64_t level = 0;
  std::int64_t first = 0;
  std::int64_t second = 0;

  auto operator<=>(const Rank&) const = default;
};

// Equals come in the order in which they were added.
struct AgentPlace {
  Rank rank;
  base::AgentId agent;

  auto operator<=>(const AgentPlace&) const = default;
};

// Below every number that a rank can hold on its own account.
inline constexpr std::int64_t kRankMin = std::numeric_limits<std::int64_t>::min();

// A stretch of the order: from a place up to, and without, another.
struct Stretch {
  AgentPlace from = {{kRankMin, kRankMin, kRankMin}, {}};
  AgentPlace to = {
      {std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::max(),
       std::numeric_limits<std::int64_t>::max()},
      {std::numeric_limits<std::uint64_t>::max()}};
};

void describe(base::Archive& archive, Rank& rank);
void describe(base::Archive& archive, AgentPlace& place);

}  // namespace queue
