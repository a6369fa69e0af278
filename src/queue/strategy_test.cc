#include "queue/strategy.h"

#include <gtest/gtest.h>

namespace queue {
namespace {

Agent agent_idle_since(std::optional<std::int64_t> ms) {
  Agent agent;
  if (ms) agent.last_bridge_end = base::instant_ms(*ms);
  return agent;
}

Tier tier(std::int64_t level, std::int64_t position) {
  Tier row;
  row.level = level;
  row.position = position;
  return row;
}

TEST(LongestIdleAgent, LevelThenIdleTimeThenPosition) {
  const Agent early = agent_idle_since(1000);
  const Agent late = agent_idle_since(2000);
  const Agent never = agent_idle_since(std::nullopt);

  EXPECT_LT(longest_idle_agent(late, tier(1, 9)), longest_idle_agent(early, tier(2, 1)));
  EXPECT_LT(longest_idle_agent(early, tier(1, 9)), longest_idle_agent(late, tier(1, 1)));
  EXPECT_LT(longest_idle_agent(never, tier(1, 9)), longest_idle_agent(early, tier(1, 1)));
  EXPECT_LT(longest_idle_agent(early, tier(1, 1)), longest_idle_agent(early, tier(1, 2)));
  EXPECT_EQ(longest_idle_agent(never, tier(1, 1)), longest_idle_agent(never, tier(1, 1)));
}

TEST(ByPosition, LevelThenPositionThenLastOffer) {
  Agent early;
  early.last_offered_call = base::instant_ms(1000);
  Agent late;
  late.last_offered_call = base::instant_ms(2000);
  const Agent never;

  EXPECT_LT(by_position(late, tier(0, 5)), by_position(early, tier(1, 1)));
  EXPECT_LT(by_position(late, tier(1, 1)), by_position(early, tier(1, 2)));
  EXPECT_LT(by_position(early, tier(1, 1)), by_position(late, tier(1, 1)));
  EXPECT_LT(by_position(never, tier(1, 1)), by_position(early, tier(1, 1)));
}

TEST(Strategy, NamesAreKnownInAnyCaseAndOthersFallBack) {
  using Known = StrategyChoice::Known;
  EXPECT_EQ(choose_strategy("Longest-Idle-Agent").rank, longest_idle_agent);
  EXPECT_EQ(choose_strategy("Longest-Idle-Agent").known, Known::Yes);
  EXPECT_EQ(choose_strategy("ring-all").known, Known::NotYet);
  EXPECT_EQ(choose_strategy("").known, Known::No);
  EXPECT_EQ(choose_strategy("by-moonlight").rank, by_position);
}

}  // namespace
}  // namespace queue
