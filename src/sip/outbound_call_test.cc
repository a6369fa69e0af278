#include <gtest/gtest.h>

#include "sip/testing/rig.h"

namespace sip {
namespace {

using testing::Draft;
using testing::kOffer;
using testing::Message;
using testing::Rig;

TEST(OutboundCall, SendsWhatTheOrderSays) {
  Rig rig;
  auto order = rig.invitation();
  order.headers = {{"X-Queue", "support\r\nVia: forged"}, {"Contact", "<sip:evil@x>"}};

  rig.stack->post(order);

  const Message invite = rig.peer.request("INVITE");
  EXPECT_EQ(invite.uri(), order.request_uri);
  EXPECT_EQ(invite.header("From").rfind("\"A \\\"B\\\" C\" <sip:5000@127.0.0.1:", 0), 0U);
  EXPECT_EQ(invite.header("X-Queue"), "support  Via: forged");
  EXPECT_EQ(invite.header("Contact").find("evil"), std::string::npos);
  EXPECT_EQ(invite.header("Max-Forwards"), "70");
  EXPECT_NE(invite.body().find("m=audio 20000 RTP/AVP 0\r\n"), std::string::npos);
  EXPECT_NE(invite.body().find("o=- 7 1 IN IP4 127.0.0.1\r\n"), std::string::npos);
}

TEST(OutboundCall, GoesAsFarAsTheOrderSays) {
  Rig rig;
  auto order = rig.invitation();
  order.max_forwards = 12;

  rig.stack->post(order);

  EXPECT_EQ(rig.peer.request("INVITE").header("Max-Forwards"), "12");
}

TEST(OutboundCall, GoesToTheNextHopOfTheOrder) {
  Rig rig;
  auto order = rig.invitation();
  order.request_uri = "sip:phone@far.example;ob";
  order.next_hop = rig.peer.address();

  rig.stack->post(order);

  EXPECT_EQ(rig.peer.request("INVITE").uri(), "sip:phone@far.example;ob");
}

TEST(OutboundCall, IsReportedThroughRingingAndAnswer) {
  Rig rig;
  rig.stack->post(rig.invitation());
  const Message invite = rig.peer.request("INVITE");

  rig.send({.status = 100}, invite);
  rig.send({.status = 180}, invite);
  rig.send({.status = 183, .body = kOffer}, invite);
  rig.send({.status = 200,
            .extra = "Record-Route: <sip:127.0.0.1:" + std::to_string(rig.peer.port()) + ";lr>\r\n",
            .body = kOffer},
           invite);

  EXPECT_EQ(rig.reports.expect<call::LegProgressed>().status, 180);
  const auto early = rig.reports.expect<call::LegProgressed>();
  EXPECT_EQ(early.status, 183);
  EXPECT_TRUE(early.media.has_value());
  const auto answered = rig.reports.expect<call::LegAnswered>();
  ASSERT_TRUE(answered.media.has_value());
  EXPECT_EQ(answered.media->port, 4000);
  EXPECT_EQ(answered.facts.remote_tag, "phone");
  EXPECT_EQ(answered.facts.local_tag, invite.tag_of("From"));
  EXPECT_EQ(answered.facts.remote_target, "sip:phone@" + rig.peer.address());
  EXPECT_EQ(answered.facts.routes.size(), 1U);
  EXPECT_EQ(answered.facts.source, rig.peer.address());
  EXPECT_FALSE(answered.facts.caller_is_peer);
  const Message ack = rig.peer.request("ACK");
  EXPECT_EQ(ack.cseq(), invite.cseq());
  EXPECT_EQ(ack.tag_of("To"), "phone");
  EXPECT_NE(ack.header("Via"), invite.header("Via"));
  EXPECT_FALSE(ack.header("Route").empty());
}

TEST(OutboundCall, RepeatedAnswerIsAcknowledgedAgain) {
  Rig rig;
  const Rig::Answered call = rig.outbound_call();

  for (int i = 0; i < 3; ++i) {
    rig.send({.status = 200, .body = kOffer}, call.invite);
    EXPECT_EQ(rig.peer.request("ACK").cseq(), call.invite.cseq());
  }

  EXPECT_EQ(rig.reports.waiting(), 0U);
}

TEST(OutboundCall, AnswerOfAnotherForkIsAcknowledgedAndEnded) {
  Rig rig;
  const Rig::Answered call = rig.outbound_call();

  rig.send({.status = 200, .tag = "fork", .body = kOffer}, call.invite);

  EXPECT_EQ(rig.peer.request("ACK").tag_of("To"), "fork");
  EXPECT_EQ(rig.peer.request("BYE").tag_of("To"), "fork");
  EXPECT_EQ(rig.reports.waiting(), 0U);
}

TEST(OutboundCall, EndsWithTheByeOfThePhone) {
  Rig rig;
  const Rig::Answered call = rig.outbound_call();

  rig.send(Draft{.method = "BYE",
                 .uri = Rig::uri_in(call.invite.header("Contact")),
                 .from = call.ack.header("To"),
                 .to = call.ack.header("From"),
                 .call_id = call.ack.header("Call-ID")});

  EXPECT_EQ(rig.peer.response("BYE").status(), 200);
  EXPECT_EQ(rig.reports.expect<call::LegHungUp>().how, call::LegHungUp::How::Bye);
  rig.reports.expect<call::LegGone>();
}

TEST(OutboundCall, EndsWithOurBye) {
  Rig rig;
  const Rig::Answered call = rig.outbound_call();

  rig.stack->post(call::HangUpLeg{base::LegId{2}, 480, "SIP;cause=702;text=\"LOSE_RACE\""});
  const Message bye = rig.peer.request("BYE");
  rig.send({.status = 200}, bye);

  EXPECT_EQ(bye.cseq(), call.invite.cseq() + 1);
  EXPECT_EQ(bye.header("Reason"), "SIP;cause=702;text=\"LOSE_RACE\"");
  rig.reports.expect<call::LegGone>();
}

TEST(OutboundCall, RefusalIsReportedWithItsCause) {
  Rig rig;
  rig.stack->post(rig.invitation());
  const Message invite = rig.peer.request("INVITE");

  rig.send({.status = 486, .extra = "Reason: SIP;cause=486, Q.850;cause=17\r\n"}, invite);

  EXPECT_EQ(rig.peer.request("ACK").header("Via"), invite.header("Via"));
  const auto refused = rig.reports.expect<call::LegRefused>();
  EXPECT_EQ(refused.status, 486);
  EXPECT_EQ(refused.q850, 17);
  rig.reports.expect<call::LegGone>();
}

TEST(OutboundCall, CancelledWhileRingingEndsWithoutRefusal) {
  Rig rig;
  rig.stack->post(rig.invitation());
  const Message invite = rig.peer.request("INVITE");
  rig.send({.status = 180}, invite);
  rig.reports.expect<call::LegProgressed>();

  rig.stack->post(
      call::HangUpLeg{base::LegId{2}, 480, "SIP;cause=200;text=\"Call completed elsewhere\""});
  const Message cancel = rig.peer.request("CANCEL");
  rig.send({.status = 200}, cancel);
  rig.send({.status = 487}, invite);

  EXPECT_EQ(cancel.header("Via"), invite.header("Via"));
  EXPECT_EQ(cancel.header("Reason"), "SIP;cause=200;text=\"Call completed elsewhere\"");
  EXPECT_EQ(rig.peer.request("ACK").cseq(), invite.cseq());
  rig.reports.expect<call::LegGone>();
}

TEST(OutboundCall, CancelWaitsForTheFirstProvisionalResponse) {
  Rig rig;
  rig.stack->post(rig.invitation());
  const Message invite = rig.peer.request("INVITE");
  rig.stack->post(call::HangUpLeg{base::LegId{2}, 480, ""});
  rig.settle();

  rig.send({.status = 100}, invite);

  const Message first =
      rig.peer.next([](const Message& m) { return m.method() != "INVITE"; }).value();
  EXPECT_EQ(first.method(), "CANCEL");
  rig.send({.status = 487}, invite);
  rig.reports.expect<call::LegGone>();
}

TEST(OutboundCall, AnswerThatCrossesTheCancelIsEndedWithABye) {
  Rig rig;
  rig.stack->post(rig.invitation());
  const Message invite = rig.peer.request("INVITE");
  rig.send({.status = 180}, invite);
  rig.reports.expect<call::LegProgressed>();
  rig.stack->post(call::HangUpLeg{base::LegId{2}, 480, "Q.850;cause=16"});
  rig.peer.request("CANCEL");

  rig.send({.status = 200, .body = kOffer}, invite);

  EXPECT_EQ(rig.peer.request("ACK").cseq(), invite.cseq());
  const Message bye = rig.peer.request("BYE");
  EXPECT_EQ(bye.header("Reason"), "Q.850;cause=16");
  rig.send({.status = 200}, bye);
  rig.reports.expect<call::LegGone>();
}

TEST(OutboundCall, AnswerWithoutProvisionalAfterHangUpIsEndedWithABye) {
  Rig rig;
  rig.stack->post(rig.invitation());
  const Message invite = rig.peer.request("INVITE");
  rig.stack->post(call::HangUpLeg{base::LegId{2}, 480, ""});
  rig.settle();

  rig.send({.status = 200, .body = kOffer}, invite);

  rig.peer.request("ACK");
  rig.send({.status = 200}, rig.peer.request("BYE"));
  rig.reports.expect<call::LegGone>();
}

TEST(OutboundCall, SilenceIsRefusedWith408) {
  auto options = Rig::options_of(testing::test_profile());
  options.timer_t1 = std::chrono::milliseconds(5);
  Rig rig(std::move(options));

  rig.stack->post(rig.invitation());

  EXPECT_EQ(rig.reports.expect<call::LegRefused>().status, 408);
  rig.reports.expect<call::LegGone>();
}

TEST(OutboundCall, SilenceAfterHangUpOnlyEndsTheLeg) {
  auto options = Rig::options_of(testing::test_profile());
  options.timer_t1 = std::chrono::milliseconds(5);
  Rig rig(std::move(options));
  rig.stack->post(rig.invitation());
  rig.peer.request("INVITE");

  rig.stack->post(call::HangUpLeg{base::LegId{2}, 480, ""});

  rig.reports.expect<call::LegGone>();
}

TEST(OutboundCall, SilenceAfterOurByeEndsTheLeg) {
  auto options = Rig::options_of(testing::test_profile());
  options.timer_t1 = std::chrono::milliseconds(5);
  Rig rig(std::move(options));
  rig.outbound_call();

  rig.stack->post(call::HangUpLeg{base::LegId{2}, 480, ""});

  rig.reports.expect<call::LegGone>();
}

TEST(OutboundCall, CannotBeSentToOtherSchemes) {
  Rig rig;
  for (const char* uri : {"tel:+49301234", "foo:bar", ""}) {
    auto order = rig.invitation();
    order.request_uri = uri;

    rig.stack->post(order);

    EXPECT_EQ(rig.reports.expect<call::LegRefused>().status, 503) << uri;
    EXPECT_EQ(rig.reports.expect<call::LegGone>().leg, order.leg) << uri;
  }
}

TEST(OutboundCall, NeedsAProfile) {
  Rig rig;
  auto order = rig.invitation();
  order.profile = "other";

  rig.stack->post(order);

  EXPECT_EQ(rig.reports.expect<call::LegRefused>().status, 503);
  rig.reports.expect<call::LegGone>();
}

TEST(OutboundCall, HangUpOfAnUnknownLegIsAnsweredAtOnce) {
  Rig rig;
  rig.stack->post(call::HangUpLeg{base::LegId{98}, 480, ""});
  EXPECT_EQ(rig.reports.expect<call::LegGone>().leg, base::LegId{98});
}

}  // namespace
}  // namespace sip
