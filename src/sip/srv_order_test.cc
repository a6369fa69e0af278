#include "sip/srv_order.h"

#include <gtest/gtest.h>

namespace sip {
namespace {

SrvTarget target(const std::string& host, std::uint16_t priority, std::uint16_t weight) {
  return {host, 5060, priority, weight, Transport::Udp};
}

std::string hosts_of(const std::vector<SrvTarget>& targets) {
  std::string hosts;
  for (const SrvTarget& one : targets) hosts += one.host;
  return hosts;
}

TEST(SrvOrder, LowerPriorityComesFirst) {
  const auto lowest = [](std::uint64_t) { return std::uint64_t{0}; };
  EXPECT_EQ(
      hosts_of(in_order({target("c", 30, 1), target("a", 10, 1), target("b", 20, 1)}, lowest)),
      "abc");
  EXPECT_TRUE(in_order({}, lowest).empty());
}

TEST(SrvOrder, WeightsDecideAmongEquals) {
  const std::vector<SrvTarget> targets = {target("a", 1, 10), target("b", 1, 30)};
  EXPECT_EQ(hosts_of(in_order(targets, [](std::uint64_t) { return std::uint64_t{10}; })), "ab");
  EXPECT_EQ(hosts_of(in_order(targets, [](std::uint64_t) { return std::uint64_t{11}; })), "ba");
}

TEST(SrvOrder, DrawsOutOfTheSumThatIsLeft) {
  std::vector<std::uint64_t> sums;
  in_order({target("a", 1, 10), target("b", 1, 30), target("c", 2, 5)}, [&](std::uint64_t sum) {
    sums.push_back(sum);
    return sum;
  });
  EXPECT_EQ(sums, (std::vector<std::uint64_t>{40, 10, 5}));
}

}  // namespace
}  // namespace sip
