#include "queue/ready_agents.h"

#include <gtest/gtest.h>

namespace queue {
namespace {

constexpr base::QueueId kSupport{1};
constexpr base::QueueId kSales{2};
constexpr base::AgentId kAnn{11};
constexpr base::AgentId kBob{12};

ReadyPlace place(std::int64_t first, base::AgentId agent) {
  return {.rank = {.level = 1, .first = first, .second = 0}, .agent = agent};
}

TEST(ReadyAgents, EachQueueHasItsOwnOrder) {
  ReadyAgents ready;
  ready.add(kSupport, place(5, kAnn));
  ready.add(kSupport, place(3, kBob));
  ready.add(kSales, place(1, kAnn));
  ready.add(kSales, place(2, kBob));

  EXPECT_EQ(ready.in(kSupport).begin()->agent, kBob);
  EXPECT_EQ(ready.in(kSales).begin()->agent, kAnn);
  EXPECT_EQ(ready.queues_of(kAnn).size(), 2U);
}

TEST(ReadyAgents, EqualRanksComeInTheOrderOfAdding) {
  ReadyAgents ready;
  ready.add(kSupport, place(5, kBob));
  ready.add(kSupport, place(5, kAnn));

  EXPECT_EQ(ready.in(kSupport).begin()->agent, kAnn);
}

TEST(ReadyAgents, RemovedAgentIsGoneFromAllQueues) {
  ReadyAgents ready;
  ready.add(kSupport, place(5, kAnn));
  ready.add(kSales, place(1, kAnn));

  ready.remove(kAnn);
  ready.remove(kAnn);

  EXPECT_FALSE(ready.contains(kAnn));
  EXPECT_TRUE(ready.in(kSupport).empty());
  EXPECT_TRUE(ready.in(kSales).empty());
  EXPECT_TRUE(ready.queues_of(kAnn).empty());
}

}  // namespace
}  // namespace queue
