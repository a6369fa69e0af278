#include <gtest/gtest.h>

#include <optional>

#include "sip/testing/rig.h"
#include "sip/testing/tcp_call.h"
#include "sip/testing/tcp_peer.h"

namespace sip {
namespace {

using testing::call_of;
using testing::contact_of;
using testing::Draft;
using testing::kOffer;
using testing::Message;
using testing::our_media;
using testing::Rig;
using testing::TcpListener;
using testing::TcpPeer;

call::InviteLeg invitation_to(const std::string& uri, const std::string& next_hop) {
  call::InviteLeg order;
  order.leg = base::LegId{2};
  order.profile = "internal";
  order.request_uri = uri;
  order.next_hop = next_hop;
  order.from_user = "5000";
  order.offer = our_media();
  return order;
}

TEST(Tcp, TakesCallsAtThePortOfUdp) {
  Rig rig;
  TcpPeer peer(rig.port);

  const Rig::Call call = call_of(rig, peer, contact_of(peer));

  EXPECT_EQ(call.target, "sip:ringmaster@127.0.0.1:" + std::to_string(rig.port) + ";transport=tcp");
  EXPECT_EQ(call.facts.source, peer.address());
  EXPECT_TRUE(call.facts.over_tcp);
}

TEST(Tcp, RequestsInTheDialogUseTheConnection) {
  Rig rig;
  TcpPeer peer(rig.port);
  const Rig::Call call = call_of(rig, peer, contact_of(peer));

  rig.stack->post(call::HangUpLeg{call.leg, 480, ""});
  const Message bye = peer.request("BYE");

  EXPECT_NE(bye.header("Via").find("SIP/2.0/TCP"), std::string::npos);
  peer.send({.status = 200}, bye);
  rig.reports.expect<call::LegGone>();
}

TEST(Tcp, SeveralMessagesInOnePieceAndOneInMany) {
  Rig rig;
  TcpPeer peer(rig.port);
  const auto options = [&](const std::string& id) {
    return text_of(Draft{.method = "OPTIONS", .call_id = id, .branch = "z9hG4bK-" + id},
                   peer.address(), "TCP");
  };

  peer.send(options("a") + options("b"));
  EXPECT_EQ(peer.response("OPTIONS").header("Call-ID"), "a");
  EXPECT_EQ(peer.response("OPTIONS").header("Call-ID"), "b");
  const std::string text = options("c");
  peer.send(text.substr(0, 30));
  peer.send(text.substr(30));
  EXPECT_EQ(peer.response("OPTIONS").header("Call-ID"), "c");
}

TEST(Tcp, PingIsAnsweredWithAPong) {  // RFC 5626 §3.5.1
  Rig rig;
  TcpPeer peer(rig.port);
  peer.send("\r\n\r\n");
  EXPECT_EQ(peer.bytes(2), "\r\n");
}

TEST(Tcp, CallsAreSentOnTheConnectionOfThePhone) {
  Rig rig;
  TcpPeer phone(rig.port);
  phone.send(Draft{.method = "OPTIONS", .call_id = "here"});
  phone.response("OPTIONS");

  // What the phone says of itself is not reachable, as behind a NAT.
  rig.stack->post(
      invitation_to("sip:phone@192.0.2.1:5060;transport=tcp", phone.address() + ";transport=tcp"));
  const Message invite = phone.request("INVITE");
  EXPECT_NE(invite.header("Contact").find(";transport=tcp"), std::string::npos);
  phone.send({.contact = "<sip:phone@192.0.2.1;transport=tcp>", .body = kOffer}, invite);
  phone.request("ACK");
  const auto answered = rig.reports.expect<call::LegAnswered>();
  EXPECT_TRUE(answered.facts.over_tcp);
  rig.stack->post(call::HangUpLeg{base::LegId{2}, 480, ""});
  phone.send({.status = 200}, phone.request("BYE"));
  rig.reports.expect<call::LegGone>();
}

TEST(Tcp, LostConnectionIsMadeAnewToTheContact) {
  Rig rig;
  const TcpListener phone;
  std::string gone;
  {
    TcpPeer peer(rig.port);
    gone = peer.address();
    peer.send(Draft{.method = "OPTIONS", .call_id = "here"});
    peer.response("OPTIONS");
  }
  rig.settle();

  rig.stack->post(
      invitation_to("sip:phone@" + phone.address() + ";transport=tcp", gone + ";transport=tcp"));

  TcpPeer connection = phone.accept();
  const Message invite = connection.request("INVITE");
  connection.send({.contact = "<sip:phone@" + phone.address() + ";transport=tcp>", .body = kOffer},
                  invite);
  connection.request("ACK");
  rig.reports.expect<call::LegAnswered>();
  // And stays the way to the phone.
  rig.stack->post(call::HangUpLeg{base::LegId{2}, 480, ""});
  connection.send({.status = 200}, connection.request("BYE"));
  rig.reports.expect<call::LegGone>();
}

TEST(Tcp, NobodyListeningIsRefused) {
  Rig rig;
  std::optional<TcpListener> listener(std::in_place);
  const std::string address = listener->address();
  listener.reset();

  rig.stack->post(invitation_to("sip:phone@" + address + ";transport=tcp", ""));

  EXPECT_EQ(rig.reports.expect<call::LegRefused>().status, 503);
  rig.reports.expect<call::LegGone>();
}

TEST(Tcp, RestoredDialogGoesOnByANewConnection) {
  Rig rig;
  const TcpListener phone;
  call::DialogFacts facts;
  {
    TcpPeer peer(rig.port);
    facts = call_of(rig, peer, contact_of(peer)).facts;
  }
  facts.remote_target = "sip:1001@" + phone.address() + ";transport=tcp";
  rig.stack.reset();
  StackOptions options = Rig::options_of(testing::test_profile());
  options.restored = {call::RestoreDialog{base::LegId{1}, facts}};
  rig.start(std::move(options));

  rig.stack->post(call::HangUpLeg{base::LegId{1}, 480, ""});

  TcpPeer connection = phone.accept();
  connection.send({.status = 200}, connection.request("BYE"));
  rig.reports.expect<call::LegGone>();
}

TEST(Tcp, ConnectionWithAnEndlessHeaderIsClosed) {
  Rig rig;
  TcpPeer peer(rig.port);
  // The closing may overtake what is sent, so not all of it need be taken.
  peer.send("OPTIONS sip:a@127.0.0.1 SIP/2.0\r\nX-Endless: " + std::string(48 * 1024, 'a'));
  EXPECT_TRUE(peer.is_closed_by_peer());
}

}  // namespace
}  // namespace sip
