#include "base/ip_network.h"

#include <gtest/gtest.h>

namespace base {
namespace {

TEST(IpNetwork, HoldsTheAddressesWithItsPrefix) {
  EXPECT_TRUE(is_in_network("192.168.7.1", "192.168.0.0/16"));
  EXPECT_TRUE(is_in_network("172.31.255.255", "172.16.0.0/12"));
  EXPECT_TRUE(is_in_network("fd12::1", "fc00::/7"));
  EXPECT_TRUE(is_in_network("192.0.2.1", "192.0.2.1"));
  EXPECT_TRUE(is_in_network("203.0.113.9", "0.0.0.0/0"));

  EXPECT_FALSE(is_in_network("172.32.0.0", "172.16.0.0/12"));
  EXPECT_FALSE(is_in_network("192.0.2.2", "192.0.2.1"));
  EXPECT_FALSE(is_in_network("::1", "0.0.0.0/0"));
}

TEST(IpNetwork, NonsenseIsInNoNetwork) {
  for (const char* text : {"", "localnet", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/x", "10.0.0/8"}) {
    EXPECT_FALSE(is_ip_network(text)) << text;
    EXPECT_FALSE(is_in_network("10.0.0.1", text)) << text;
  }
  EXPECT_FALSE(is_in_network("example.org", "10.0.0.0/8"));
  EXPECT_FALSE(is_ip_address("10.0.0.0/8"));
}

TEST(IpNetwork, HostIsFoundInAddressesAndUris) {
  EXPECT_EQ(host_of("192.0.2.1:5060"), "192.0.2.1");
  EXPECT_EQ(host_of("[2001:db8::1]:5060"), "2001:db8::1");
  EXPECT_EQ(host_of("sip:1000@192.0.2.1:5060;transport=udp"), "192.0.2.1");
  EXPECT_EQ(host_of("sip:192.0.2.1"), "192.0.2.1");
  EXPECT_EQ(host_of(""), "");
}

}  // namespace
}  // namespace base
