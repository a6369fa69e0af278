#include "queue/agent_order.h"

#include <gtest/gtest.h>

namespace queue {
namespace {

constexpr base::QueueId kSupport{1};
constexpr base::QueueId kSales{2};
constexpr base::AgentId kAnn{11};
constexpr base::AgentId kBob{12};

AgentPlace place(std::int64_t first, base::AgentId agent) {
  return {.rank = {.level = 1, .first = first, .second = 0}, .agent = agent};
}

TEST(AgentOrder, EachQueueHasItsOwnOrder) {
  AgentOrder order;
  order.add(kSupport, place(5, kAnn));
  order.add(kSupport, place(3, kBob));
  order.add(kSales, place(1, kAnn));
  order.add(kSales, place(2, kBob));

  EXPECT_EQ(order.in(kSupport).begin()->agent, kBob);
  EXPECT_EQ(order.in(kSales).begin()->agent, kAnn);
  EXPECT_EQ(order.places_of(kAnn).size(), 2U);
}

TEST(AgentOrder, EqualRanksComeInTheOrderOfAdding) {
  AgentOrder order;
  order.add(kSupport, place(5, kBob));
  order.add(kSupport, place(5, kAnn));

  EXPECT_EQ(order.in(kSupport).begin()->agent, kAnn);
}

TEST(AgentOrder, RemovedAgentIsGoneFromAllQueues) {
  AgentOrder order;
  order.add(kSupport, place(5, kAnn));
  order.add(kSales, place(1, kAnn));

  order.remove(kAnn);
  order.remove(kAnn);

  EXPECT_FALSE(order.contains(kAnn));
  EXPECT_TRUE(order.empty(kSupport));
  EXPECT_TRUE(order.empty(kSales));
  EXPECT_TRUE(order.places_of(kAnn).empty());
  EXPECT_EQ(order, AgentOrder());
}

TEST(AgentOrder, OrdersAreEqualWhenTheirPlacesAre) {
  AgentOrder order;
  order.add(kSupport, place(5, kAnn));
  AgentOrder same = order;
  EXPECT_EQ(order, same);

  AgentOrder elsewhere;
  elsewhere.add(kSales, place(5, kAnn));
  AgentOrder otherwise;
  otherwise.add(kSupport, place(6, kAnn));
  EXPECT_FALSE(order == elsewhere);
  EXPECT_FALSE(order == otherwise);
  EXPECT_FALSE(order == AgentOrder());
}

TEST(AgentOrderDeathTest, NobodyHasTwoPlacesInOneQueue) {
  AgentOrder order;
  order.add(kSupport, place(5, kAnn));

  EXPECT_DEATH(order.add(kSupport, place(5, kAnn)), "added");
}

}  // namespace
}  // namespace queue
