#include "sip/uri.h"

#include <gtest/gtest.h>

namespace sip {
namespace {

TEST(Uri, AcceptsOnlySipAndSips) {
  for (const char* good :
       {"sip:a@10.0.0.1", "sips:a@host", "sip:[::1]:5060;transport=tcp", "sip:10.0.0.1"}) {
    EXPECT_TRUE(parse_sip_uri(good).has_value()) << good;
  }
  for (const char* bad :
       {"tel:+4930", "foo:bar", "urn:service:sos", "im:a@b", "pres:a@b", "sip:", "sip:a@", "", "*",
        "sip:a@10.0.0.1:0", "sip:a@10.0.0.1:99999", "sip:a@10.0.0.1:x", "mailto:a@b", "http://x"}) {
    EXPECT_FALSE(parse_sip_uri(bad).has_value()) << bad;
  }
}

TEST(Uri, ReadsTheParts) {
  const auto uri = parse_sip_uri("sip:a%20b@[2001:db8::1]:5070;lr");
  ASSERT_TRUE(uri.has_value());
  EXPECT_EQ(uri->user, "a b");
  EXPECT_EQ(uri->host, "2001:db8::1");
  EXPECT_EQ(uri->port, 5070);
  EXPECT_TRUE(uri->loose_route);
}

TEST(Uri, ParameterThatBeginsLikeLooseRouteIsAnother) {
  EXPECT_FALSE(parse_sip_uri("sip:10.0.0.1;lr00")->loose_route);
  EXPECT_TRUE(parse_sip_uri("sip:10.0.0.1;lr00;LR=on")->loose_route);
}

TEST(Uri, KnowsPrivateAddresses) {
  for (const char* address :
       {"10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "127.0.0.1", "169.254.1.1",
        "100.64.0.1", "::1", "fd00::1", "fe80::1", "[fe80::1]"}) {
    EXPECT_TRUE(is_private_address(address)) << address;
  }
  for (const char* address : {"8.8.8.8", "172.32.0.1", "172.15.0.1", "2001:db8::1", "host", ""}) {
    EXPECT_FALSE(is_private_address(address)) << address;
  }
}

TEST(Uri, HostPortsReadBackAsPrinted) {
  for (const char* text : {"10.0.0.1:5060", "[::1]:5070"}) {
    const auto at = parse_host_port(text);
    ASSERT_TRUE(at.has_value()) << text;
    EXPECT_EQ(host_port_text(*at), text);
  }
  EXPECT_EQ(parse_host_port("10.0.0.1:5060;transport=tcp"),
            (HostPort{"10.0.0.1", 5060, Transport::Tcp}));
  for (const char* text : {"10.0.0.1", "host:5060", "10.0.0.1:0", "10.0.0.1:70000", ":5060", ""}) {
    EXPECT_FALSE(parse_host_port(text).has_value()) << text;
  }
}

call::DialogFacts facts_with(std::string target, std::string source) {
  call::DialogFacts facts;
  facts.remote_target = std::move(target);
  facts.source = std::move(source);
  return facts;
}

std::optional<std::string> hop(const call::DialogFacts& facts, Flow flow = Flow::None) {
  const auto at = next_hop(facts, flow);
  return at ? std::optional(destination_uri(*at)) : std::nullopt;
}

TEST(NextHop, IsTheTargetWhenItCanBeReached) {
  EXPECT_EQ(hop(facts_with("sip:a@10.0.0.9", "10.0.0.1:5080")), "sip:10.0.0.9:5060;transport=udp");
  EXPECT_EQ(hop(facts_with("sip:a@[2001:db8::1]:5070", "")),
            "sip:[2001:db8::1]:5070;transport=udp");
}

TEST(NextHop, IsTheSourceBehindANat) {
  EXPECT_EQ(hop(facts_with("sip:a@192.168.1.5:5060", "198.51.100.7:40000")),
            "sip:198.51.100.7:40000;transport=udp");
}

TEST(NextHop, IsTheSourceForNames) {
  EXPECT_EQ(hop(facts_with("sip:a@x.invalid", "10.0.0.1:5080")), "sip:10.0.0.1:5080;transport=udp");
  EXPECT_EQ(hop(facts_with("sip:a@x.invalid", "")), std::nullopt);
}

TEST(NextHop, IsTheFirstRoute) {
  call::DialogFacts facts = facts_with("sip:a@10.0.0.9", "10.0.0.1:5080");
  facts.routes = {"sip:10.0.0.3:5061;lr", "sip:10.0.0.4;lr"};
  EXPECT_EQ(hop(facts), "sip:10.0.0.3:5061;transport=udp");
}

TEST(NextHop, FollowsTheTransportOfTheUri) {
  EXPECT_EQ(hop(facts_with("sip:a@10.0.0.9;transport=TCP", "10.0.0.1:5080")),
            "sip:10.0.0.9:5060;transport=tcp");
  EXPECT_EQ(hop(facts_with("sip:a@10.0.0.9;transport=tcpx", "10.0.0.1:5080")),
            "sip:10.0.0.9:5060;transport=udp");
}

TEST(NextHop, IsTheConnectionWhileThereIsOne) {
  call::DialogFacts facts = facts_with("sip:a@10.0.0.1:5070;transport=tcp", "10.0.0.1:40000");
  facts.over_tcp = true;
  EXPECT_EQ(hop(facts, Flow::Open), "sip:10.0.0.1:40000;transport=tcp");
  EXPECT_EQ(hop(facts, Flow::None), "sip:10.0.0.1:5070;transport=tcp");
  facts.remote_target = "sip:a@10.0.0.1:5070";
  EXPECT_EQ(hop(facts, Flow::None), "sip:10.0.0.1:5070;transport=tcp");
}

TEST(RequestPath, LooseRoutesKeepTheTarget) {
  call::DialogFacts facts = facts_with("sip:a@10.0.0.9", "");
  facts.routes = {"sip:p1;lr", "sip:p2;lr"};
  const RequestPath path = request_path(facts);
  EXPECT_EQ(path.request_uri, "sip:a@10.0.0.9");
  EXPECT_EQ(path.routes, (std::vector<std::string>{"<sip:p1;lr>", "<sip:p2;lr>"}));
}

TEST(RequestPath, StrictRouterTakesTheRequestUri) {  // RFC 3261 §16.12.1.2
  call::DialogFacts facts = facts_with("sip:a@10.0.0.9", "");
  facts.routes = {"sip:p1", "sip:p2;lr"};
  const RequestPath path = request_path(facts);
  EXPECT_EQ(path.request_uri, "sip:p1");
  EXPECT_EQ(path.routes, (std::vector<std::string>{"<sip:p2;lr>", "<sip:a@10.0.0.9>"}));
}

}  // namespace
}  // namespace sip
