#include "config/access_lists.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/ip_network.h"
#include "config/files_testing.h"

namespace config {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::Reading;

struct Outcome {
  std::vector<std::string> networks;
  std::string problems;

  bool allows(const std::string& address) const {
    for (const auto& network : networks) {
      if (base::is_in_network(address, network)) return true;
    }
    return false;
  }
};

Outcome read(const std::string& standard, const std::string& nodes) {
  Reading reading("<configuration><network-lists><list name=\"l\" default=\"" + standard + "\">\n" +
                  nodes + "</list></network-lists></configuration>");
  Outcome outcome;
  outcome.networks = read_access_lists(reading.root(), reading.problems())["l"];
  outcome.problems = reading.shown();
  return outcome;
}

std::string node(const std::string& type, const std::string& cidr) {
  return "<node type=\"" + type + "\" cidr=\"" + cidr + "\"/>\n";
}

TEST(AccessLists, AllowedNetworksAreNamed) {
  const auto outcome = read("deny", node("allow", "192.168.5.7/16") + node("allow", "fd00::/8") +
                                        node("allow", "203.0.113.9"));

  EXPECT_THAT(outcome.networks, ElementsAre("fd00::/8", "192.168.0.0/16", "203.0.113.9/32"));
  EXPECT_EQ(outcome.problems, "");
}

TEST(AccessLists, MasksAreNetworksToo) {
  const auto outcome =
      read("deny", "<node type=\"allow\" host=\"10.1.2.3\" mask=\"255.255.0.0\"/>");

  EXPECT_THAT(outcome.networks, ElementsAre("10.1.0.0/16"));
}

TEST(AccessLists, TheNarrowestEntryDecides) {
  const auto outcome =
      read("allow", node("allow", "192.168.42.7") + node("deny", "192.168.42.0/24") +
                        node("deny", "2001:db8::/32") + node("allow", "2001:db8:1::/48"));

  for (const char* const address :
       {"192.168.42.7", "192.168.41.255", "192.168.43.0", "10.0.0.1", "2001:db8:1::5", "::1"}) {
    EXPECT_TRUE(outcome.allows(address)) << address;
  }
  for (const char* const address : {"192.168.42.6", "192.168.42.255", "2001:db8:2::5"}) {
    EXPECT_FALSE(outcome.allows(address)) << address;
  }
}

TEST(AccessLists, OfEqualEntriesTheLaterDecides) {
  EXPECT_TRUE(
      read("deny", node("deny", "10.0.0.0/8") + node("allow", "10.0.0.0/8")).allows("10.0.0.1"));
  EXPECT_FALSE(
      read("deny", node("allow", "10.0.0.0/8") + node("deny", "10.0.0.0/8")).allows("10.0.0.1"));
}

TEST(AccessLists, OddNodesAreNamedAndAllowNothing) {
  const auto outcome =
      read("never", node("allow", "10.0.0.0/33") + "<node type=\"allow\" domain=\"a\"/>\n" +
                        "<node type=\"allow\" host=\"10.0.0.0\" mask=\"255.0.255.0\"/>\n<node/>\n" +
                        node("perhaps", "10.0.0.0/8"));

  EXPECT_TRUE(outcome.networks.empty());
  EXPECT_THAT(outcome.problems,
              AllOf(HasSubstr("x:1: warning: access list l: \"never\", expected allow or deny"),
                    HasSubstr("x:2: warning: access list l: a node without a network"),
                    HasSubstr("x:3: warning: access list l: a node without a network"),
                    HasSubstr("x:4: warning: access list l: a node without a network"),
                    HasSubstr("x:5: warning: access list l: <node> is ignored"),
                    HasSubstr("x:6: warning: access list l: \"perhaps\", expected allow")));
}

TEST(AccessLists, EntriesAreBounded) {
  std::string nodes;
  for (std::size_t i = 0; i < kAccessEntriesMax + 3; ++i) nodes += node("allow", "10.0.0.0/8");

  EXPECT_THAT(read("deny", nodes).problems, HasSubstr("more than 500 nodes"));
}

}  // namespace
}  // namespace config
