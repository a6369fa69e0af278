// Calls over IPv6 on ::1, by UDP and TCP.
#include <gtest/gtest.h>

#include "sip/testing/fake_dns.h"
#include "sip/testing/rig.h"
#include "sip/testing/tcp_peer.h"

namespace sip {
namespace {

using testing::Answer;
using testing::Draft;
using testing::Family;
using testing::Message;
using testing::RawPeer;
using testing::Reports;
using testing::TcpListener;
using testing::TcpPeer;

const std::string kOfferV6 =
    "v=0\r\no=peer 1 1 IN IP6 ::1\r\ns=-\r\nc=IN IP6 ::1\r\nt=0 0\r\n"
    "m=audio 4000 RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\n";

call::MediaDescription our_media() {
  call::MediaDescription media = testing::our_media();
  media.address = "::1";
  return media;
}

// A profile on ::1 and a peer there.
class Ipv6 : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!testing::has_ipv6()) GTEST_SKIP() << "this machine has no ::1";
    start({});
  }
  void start(const std::string& name_servers) {
    call::SipProfile profile = testing::test_profile();
    profile.sip_ip = "::1";
    StackOptions options;
    options.profiles = {profile};
    options.name_servers = name_servers;
    stack_.reset();
    auto started = Stack::start(std::move(options), [this](call::SipReport report) {
      return reports_.put(std::move(report));
    });
    ASSERT_TRUE(started.has_value()) << started.error();
    stack_ = std::move(*started);
    port_ = stack_->bound().front().port;
    peer_.emplace(Family::V6);
  }

  std::string us() const { return "[::1]:" + std::to_string(port_); }
  static call::InviteLeg invitation_to(const std::string& uri) {
    call::InviteLeg order;
    order.leg = base::LegId{2};
    order.profile = "internal";
    order.request_uri = uri;
    order.from_user = "5000";
    order.offer = our_media();
    return order;
  }

  Reports reports_;
  std::unique_ptr<Stack> stack_;
  std::uint16_t port_ = 0;
  std::optional<RawPeer> peer_;
};

TEST_F(Ipv6, TakesACallAndHangsUp) {
  EXPECT_EQ(stack_->bound().front().address, "::1");
  const std::string record = "Record-Route: <sip:" + peer_->address() + ";lr>\r\n";
  peer_->send(text_of(Draft{.uri = "sip:5000@" + us(), .extra = record, .body = kOfferV6}, *peer_),
              port_);
  const auto invited = reports_.expect<call::LegInvited>();
  EXPECT_EQ(invited.source_address, "::1");
  EXPECT_EQ(invited.request_host, "[::1]");
  EXPECT_EQ(invited.facts.source, peer_->address());
  ASSERT_TRUE(invited.offer.has_value());
  EXPECT_EQ(invited.offer->address, "::1");

  stack_->post(call::AnswerLeg{invited.leg, our_media()});
  const Message ok = peer_->response("INVITE");
  EXPECT_EQ(ok.header("Contact"), "<sip:ringmaster@" + us() + ">");
  EXPECT_EQ(ok.header("Record-Route"), "<sip:" + peer_->address() + ";lr>");
  EXPECT_NE(ok.header("Via").find(peer_->address()), std::string::npos);
  EXPECT_NE(ok.body().find("c=IN IP6 ::1"), std::string::npos);
  peer_->send(text_of(Draft{.method = "ACK",
                            .uri = "sip:ringmaster@" + us(),
                            .to = ok.header("To"),
                            .branch = "z9hG4bK-ack"},
                      *peer_),
              port_);
  reports_.find<call::LegConfirmed>();

  stack_->post(call::HangUpLeg{invited.leg, 480, ""});
  const Message bye = peer_->request("BYE");
  EXPECT_EQ(bye.header("Route"), "<sip:" + peer_->address() + ";lr>");
  peer_->send(text_of(Answer{}, bye, *peer_), port_);
  reports_.find<call::LegGone>();
}

TEST_F(Ipv6, CallsAContactInBrackets) {
  const std::string uri = "sip:phone@" + peer_->address();

  stack_->post(invitation_to(uri));

  const Message invite = peer_->request("INVITE");
  EXPECT_EQ(invite.uri(), uri);
  EXPECT_NE(invite.header("Via").find("SIP/2.0/UDP " + us()), std::string::npos);
  EXPECT_NE(invite.header("Contact").find(us()), std::string::npos);
  EXPECT_NE(invite.header("From").find(us()), std::string::npos);
  EXPECT_NE(invite.body().find("IN IP6 ::1"), std::string::npos);
  peer_->send(text_of(Answer{.body = kOfferV6}, invite, *peer_), port_);
  EXPECT_EQ(peer_->request("ACK").uri(), uri);
  EXPECT_EQ(reports_.expect<call::LegAnswered>().media->address, "::1");
}

TEST_F(Ipv6, TakesACallByTcp) {
  TcpPeer caller(port_, Family::V6);
  caller.send(Draft{.uri = "sip:5000@" + us() + ";transport=tcp",
                    .contact = "<sip:1001@" + caller.address() + ";transport=tcp>",
                    .body = kOfferV6});
  const auto invited = reports_.expect<call::LegInvited>();
  EXPECT_EQ(invited.facts.source, caller.address());
  EXPECT_TRUE(invited.facts.over_tcp);

  stack_->post(call::AnswerLeg{invited.leg, our_media()});
  const Message ok = caller.response("INVITE");
  EXPECT_EQ(ok.header("Contact"), "<sip:ringmaster@" + us() + ";transport=tcp>");
  caller.send(Draft{.method = "ACK",
                    .uri = "sip:ringmaster@" + us(),
                    .to = ok.header("To"),
                    .branch = "z9hG4bK-ack"});
  reports_.find<call::LegConfirmed>();

  // On the connection of the caller.
  stack_->post(call::HangUpLeg{invited.leg, 480, ""});
  const Message bye = caller.request("BYE");
  EXPECT_NE(bye.header("Via").find("SIP/2.0/TCP " + us()), std::string::npos);
  caller.send(Answer{}, bye);
  reports_.find<call::LegGone>();
}

TEST_F(Ipv6, CallsAPhoneByTcp) {
  const TcpListener phone(Family::V6);

  stack_->post(invitation_to("sip:phone@" + phone.address() + ";transport=tcp"));

  TcpPeer connection = phone.accept();
  const Message invite = connection.request("INVITE");
  connection.send(
      Answer{.contact = "<sip:phone@" + phone.address() + ";transport=tcp>", .body = kOfferV6},
      invite);
  connection.request("ACK");
  EXPECT_TRUE(reports_.expect<call::LegAnswered>().facts.over_tcp);
}

TEST_F(Ipv6, NamesAreAskedForTheirV6Address) {
  std::array<unsigned char, 16> loopback{};
  loopback.back() = 1;
  const testing::FakeDns dns({.services = {},
                              .addresses = {{"phone.example", {192, 0, 2, 1}}},
                              .addresses_v6 = {{"phone.example", loopback}}});
  start(dns.address());

  stack_->post(invitation_to("sip:phone@phone.example:" + std::to_string(peer_->port())));

  peer_->request("INVITE");
}

}  // namespace
}  // namespace sip
