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

Queue queue_that_asked(std::int64_t level, std::int64_t position) {
  Queue queue;
  queue.last_asked = AgentPlace{{level, position, 0}, base::AgentId{7}};
  return queue;
}

TEST(LongestIdleAgent, LevelThenIdleTimeThenPosition) {
  const auto rank = kLongestIdleAgent.rank;
  const Agent early = agent_idle_since(1000);
  const Agent late = agent_idle_since(2000);
  const Agent never = agent_idle_since(std::nullopt);

  EXPECT_LT(rank(late, tier(1, 9)), rank(early, tier(2, 1)));
  EXPECT_LT(rank(early, tier(1, 9)), rank(late, tier(1, 1)));
  EXPECT_LT(rank(never, tier(1, 9)), rank(early, tier(1, 1)));
  EXPECT_LT(rank(early, tier(1, 1)), rank(early, tier(1, 2)));
  EXPECT_EQ(rank(never, tier(1, 1)), rank(never, tier(1, 1)));
}

TEST(SequentiallyByAgentOrder, LevelThenPositionThenLastOffer) {
  const auto rank = kSequentiallyByAgentOrder.rank;
  Agent early;
  early.last_offered_call = base::instant_ms(1000);
  Agent late;
  late.last_offered_call = base::instant_ms(2000);
  const Agent never;

  EXPECT_LT(rank(late, tier(0, 5)), rank(early, tier(1, 1)));
  EXPECT_LT(rank(late, tier(1, 1)), rank(early, tier(1, 2)));
  EXPECT_LT(rank(early, tier(1, 1)), rank(late, tier(1, 1)));
  EXPECT_LT(rank(never, tier(1, 1)), rank(early, tier(1, 1)));
}

TEST(RoundRobin, BeginsBehindThePositionThatWasAskedLast) {
  const auto rest = kRoundRobin.beginning(queue_that_asked(1, 2), Member{});

  ASSERT_TRUE(rest.has_value());
  EXPECT_LT((AgentPlace{{1, 2, 9'999}, {9}}), rest->from);
  EXPECT_LE(rest->from, (AgentPlace{{1, 3, kRankMin}, {}}));
  EXPECT_LT((AgentPlace{{1, 99, 5}, {1}}), rest->to);
  EXPECT_LE(rest->to, (AgentPlace{{2, kRankMin, kRankMin}, {}}));
  EXPECT_FALSE(kRoundRobin.beginning(Queue{}, Member{}).has_value());
}

TEST(RoundRobin, NothingIsBehindTheLastNumbers) {
  constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();
  EXPECT_FALSE(kRoundRobin.beginning(queue_that_asked(1, kMax), Member{}).has_value());
  EXPECT_TRUE(kRoundRobin.beginning(queue_that_asked(kMax, 1), Member{}).has_value());
}

TEST(Strategy, NamesAreKnownInAnyCaseAndOthersFallBack) {
  EXPECT_EQ(find_strategy("Longest-Idle-Agent"), &kLongestIdleAgent);
  EXPECT_EQ(find_strategy("RING-ALL"), &kRingAll);
  EXPECT_EQ(find_strategy("by-moonlight"), nullptr);
  Queue queue;
  queue.settings.strategy = "";
  EXPECT_EQ(&strategy_of(queue), &kSequentiallyByAgentOrder);
}

}  // namespace
}  // namespace queue
