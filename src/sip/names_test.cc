// Calls to host names: SRV, addresses, and what happens when the first of them does not answer.
#include <gtest/gtest.h>

#include "sip/testing/fake_dns.h"
#include "sip/testing/rig.h"
#include "sip/testing/tcp_peer.h"

namespace sip {
namespace {

using testing::FakeDns;
using testing::kOffer;
using testing::Message;
using testing::RawPeer;
using testing::Rig;

const std::array<unsigned char, 4> kLoopback = {127, 0, 0, 1};

StackOptions asking(const FakeDns& dns) {
  StackOptions options = Rig::options_of(testing::test_profile());
  options.name_servers = dns.address();
  return options;
}

// "example" has two hosts, of which the first is to be tried first.
FakeDns::Table two_hosts(const RawPeer& first, const RawPeer& second) {
  return {.services = {{"_sip._udp.example",
                        {{20, 0, second.port(), "b.example"}, {10, 0, first.port(), "a.example"}}}},
          .addresses = {{"a.example", kLoopback}, {"b.example", kLoopback}}};
}

call::InviteLeg invitation_to(const Rig& rig, const std::string& uri) {
  call::InviteLeg order = rig.invitation();
  order.request_uri = uri;
  return order;
}

TEST(Names, HostWithAPortIsAskedForItsAddress) {
  const FakeDns dns({.services = {}, .addresses = {{"phone.example", kLoopback}}});
  Rig rig(asking(dns));
  const std::string uri = "sip:phone@phone.example:" + std::to_string(rig.peer.port());

  rig.stack->post(invitation_to(rig, uri));

  EXPECT_EQ(rig.peer.request("INVITE").uri(), uri);
}

TEST(Names, ServiceNamesHostAndPort) {
  RawPeer first;
  const FakeDns dns({.services = {{"_sip._udp.example", {{10, 0, first.port(), "a.example"}}}},
                     .addresses = {{"a.example", kLoopback}}});
  Rig rig(asking(dns));

  rig.stack->post(invitation_to(rig, "sip:phone@example"));

  EXPECT_EQ(first.request("INVITE").uri(), "sip:phone@example");
}

TEST(Names, NextHostIsTriedWhenTheFirstIsNotServing) {
  RawPeer first;
  RawPeer second;
  const FakeDns dns(two_hosts(first, second));
  Rig rig(asking(dns));
  rig.stack->post(invitation_to(rig, "sip:phone@example"));

  const Message refused = first.request("INVITE");
  first.send(text_of(testing::Answer{.status = 503}, refused, first), rig.port);

  const Message invite = second.request("INVITE");
  EXPECT_EQ(invite.header("Call-ID"), refused.header("Call-ID"));
  second.send(text_of(testing::Answer{.body = kOffer}, invite, second), rig.port);
  rig.reports.expect<call::LegAnswered>();
}

TEST(Names, NextHostIsTriedWhenTheFirstIsSilent) {
  RawPeer first;
  RawPeer second;
  const FakeDns dns(two_hosts(first, second));
  StackOptions options = asking(dns);
  options.timer_t1 = std::chrono::milliseconds(10);
  Rig rig(std::move(options));

  rig.stack->post(invitation_to(rig, "sip:phone@example"));

  const Message late = first.request("INVITE");
  const Message invite = second.request("INVITE");
  second.send(text_of(testing::Answer{.body = kOffer}, invite, second), rig.port);
  rig.reports.expect<call::LegAnswered>();
  // An answer of the first is ended at once.
  first.send(text_of(testing::Answer{.tag = "late", .body = kOffer}, late, first), rig.port);
  EXPECT_NE(first.request("ACK").header("To").find("tag=late"), std::string::npos);
  EXPECT_NE(first.request("BYE").header("To").find("tag=late"), std::string::npos);
}

TEST(Names, PathOfAPhoneMayBeAName) {
  const FakeDns dns({.services = {}, .addresses = {{"proxy.example", kLoopback}}});
  Rig rig(asking(dns));
  call::InviteLeg order = invitation_to(rig, "sip:phone@192.0.2.1");
  order.next_hop = "proxy.example:" + std::to_string(rig.peer.port());

  rig.stack->post(order);

  EXPECT_EQ(rig.peer.request("INVITE").uri(), "sip:phone@192.0.2.1");
}

TEST(Names, NameInTheContactOfARegisteredPhoneIsNotAskedFor) {
  const FakeDns dns({});
  Rig rig(asking(dns));
  call::InviteLeg order = invitation_to(rig, "sip:1001@phone.local:5062");
  order.next_hop = rig.peer.address();  // Where its REGISTER came from.

  rig.stack->post(order);

  EXPECT_EQ(rig.peer.request("INVITE").uri(), order.request_uri);
  EXPECT_EQ(dns.questions(), 0);
}

TEST(Names, RedirectionToANameIsFollowedIntoTheNetworksOfTheProfile) {
  const FakeDns dns({.services = {},
                     .addresses = {{"far.example", {192, 0, 2, 1}}, {"near.example", kLoopback}}});
  StackOptions options = asking(dns);
  options.profiles[0].redirect_networks = {"127.0.0.0/8"};
  Rig rig(std::move(options));
  const RawPeer other;
  const std::string near = "sip:other@near.example:" + std::to_string(other.port());
  rig.stack->post(rig.invitation());

  rig.send({.status = 302, .contact = "<sip:a@far.example:5060>, <" + near + ">"},
           rig.peer.request("INVITE"));

  EXPECT_EQ(other.request("INVITE").uri(), near);
}

TEST(Names, RedirectionToANameElsewhereIsRefused) {
  const FakeDns dns({.services = {}, .addresses = {{"far.example", {192, 0, 2, 1}}}});
  StackOptions options = asking(dns);
  options.profiles[0].redirect_networks = {"127.0.0.0/8"};
  Rig rig(std::move(options));
  rig.stack->post(rig.invitation());

  rig.send({.status = 302, .contact = "<sip:a@far.example:5060>"}, rig.peer.request("INVITE"));

  EXPECT_EQ(rig.reports.expect<call::LegRefused>().status, 302);
}

TEST(Names, ServiceOverTcpIsUsedWhenThereIsNoneOverUdp) {
  const testing::TcpListener listener;
  const FakeDns dns({.services = {{"_sip._tcp.example", {{1, 1, listener.port(), "a.example"}}}},
                     .addresses = {{"a.example", kLoopback}}});
  Rig rig(asking(dns));

  rig.stack->post(invitation_to(rig, "sip:phone@example"));

  testing::TcpPeer phone = listener.accept();
  EXPECT_EQ(phone.request("INVITE").uri(), "sip:phone@example");
}

TEST(Names, FurtherAddressesOfAHostAreNotTriedAfterARefusal) {
  RawPeer first;
  RawPeer second;
  const FakeDns dns(two_hosts(first, second));
  Rig rig(asking(dns));
  rig.stack->post(invitation_to(rig, "sip:phone@example"));

  first.send(text_of(testing::Answer{.status = 486}, first.request("INVITE"), first), rig.port);

  EXPECT_EQ(rig.reports.expect<call::LegRefused>().status, 486);
}

TEST(Names, EndlessAnswersAreCutShort) {
  RawPeer first;
  FakeDns::Table table;
  std::string many = "_sip._udp.example";
  for (std::uint16_t i = 0; i < 15; ++i) {
    table.services[many].push_back({i, 0, first.port(), "h.example"});
  }
  table.addresses = {{"h.example", kLoopback}};
  const FakeDns dns(table);
  Rig rig(asking(dns));
  rig.stack->post(invitation_to(rig, "sip:phone@example"));
  std::uint32_t tries = 0;
  std::uint32_t last = 0;

  while (rig.reports.waiting() == 0) {
    const auto invite =
        first.next([&](const Message& m) { return m.method() == "INVITE" && m.cseq() > last; });
    if (!invite) break;
    ++tries;
    last = invite->cseq();
    first.send(text_of(testing::Answer{.status = 503}, *invite, first), rig.port);
    if (tries == 8) break;
  }

  EXPECT_EQ(tries, 8U);
  EXPECT_EQ(rig.reports.expect<call::LegRefused>().status, 503);
}

TEST(Names, CallerByTcpWhoseConnectionIsGoneIsFoundByItsName) {
  const testing::TcpListener listener;
  const FakeDns dns({.services = {}, .addresses = {{"phone.example", kLoopback}}});
  Rig rig(asking(dns));
  base::LegId leg;
  {
    testing::TcpPeer caller(rig.port);
    caller.send({.contact = "<sip:1001@phone.example:" + std::to_string(listener.port()) +
                            ";transport=tcp>",
                 .body = kOffer});
    leg = rig.reports.expect<call::LegInvited>().leg;
    rig.stack->post(call::AnswerLeg{leg, testing::our_media()});
    const Message ok = caller.response("INVITE");
    caller.send({.method = "ACK",
                 .uri = Rig::uri_in(ok.header("Contact")),
                 .to = ok.header("To"),
                 .branch = "z9hG4bK-ack"});
    rig.reports.find<call::LegConfirmed>();
    while (dns.questions() == 0) std::this_thread::yield();
    rig.settle();
  }
  rig.settle();  // The end of the connection and the answer have been seen.

  rig.stack->post(call::HangUpLeg{leg, 480, ""});

  testing::TcpPeer phone = listener.accept();
  phone.send({.status = 200}, phone.request("BYE"));
  rig.reports.find<call::LegGone>();
}

TEST(Names, UnknownNamesAreRefused) {
  const FakeDns dns({});
  Rig rig(asking(dns));

  rig.stack->post(invitation_to(rig, "sip:phone@nobody.example"));

  EXPECT_EQ(rig.reports.expect<call::LegRefused>().status, 503);
  rig.reports.expect<call::LegGone>();
}

TEST(Names, InvalidNamesAreNotAskedFor) {
  const FakeDns dns({});
  Rig rig(asking(dns));

  rig.stack->post(invitation_to(rig, "sip:phone@df7jal23ls0d.invalid"));

  EXPECT_EQ(rig.reports.expect<call::LegRefused>().status, 503);
  EXPECT_EQ(dns.questions(), 0);
}

TEST(Names, SilentNameServerIsNotWaitedForLong) {
  const FakeDns dns({}, FakeDns::Mood::Silent);
  Rig rig(asking(dns));

  rig.stack->post(invitation_to(rig, "sip:phone@nobody.example"));
  rig.settle();  // Nobody else waits for it.

  EXPECT_EQ(rig.reports.expect<call::LegRefused>().status, 503);
}

TEST(Names, HangUpWhileANameIsAskedForEndsTheLeg) {
  const FakeDns dns({}, FakeDns::Mood::Silent);
  Rig rig(asking(dns));
  rig.stack->post(invitation_to(rig, "sip:phone@nobody.example"));

  rig.stack->post(call::HangUpLeg{base::LegId{2}, 480, ""});

  rig.reports.expect<call::LegGone>();
}

}  // namespace
}  // namespace sip
