#include <gtest/gtest.h>

#include <atomic>

#include "sip/testing/rig.h"

namespace sip {
namespace {

using testing::Draft;
using testing::kOffer;
using testing::Message;
using testing::our_media;
using testing::Rig;

TEST(InboundCall, ReportsWhatTheInviteSays) {
  Rig rig;

  rig.send(Draft{.uri = "sip:50%2300@127.0.0.1",
                 .from = "\"Anna \\\"A\\\"\" <sip:1001@default>;tag=peer",
                 .extra = "User-Agent: phone/1\r\nX-Customer: 42\r\nSubject: no\r\n",
                 .body = kOffer});

  const auto invited = rig.reports.expect<call::LegInvited>();
  EXPECT_EQ(invited.leg.value % 2, 1U);
  EXPECT_EQ(invited.profile, "internal");
  EXPECT_EQ(invited.source_address, "127.0.0.1");
  EXPECT_EQ(invited.source_port, rig.peer.port());
  EXPECT_EQ(invited.request_user, "50#00");
  EXPECT_EQ(invited.from_display, "Anna \"A\"");
  EXPECT_EQ(invited.from_user, "1001");
  EXPECT_EQ(invited.from_host, "default");
  EXPECT_EQ(invited.to_user, "5000");
  EXPECT_EQ(invited.user_agent, "phone/1");
  EXPECT_EQ(invited.contact, "sip:1001@" + rig.peer.address());
  EXPECT_EQ(invited.extra_headers, (base::Headers{{"X-Customer", "42"}}));
  ASSERT_TRUE(invited.offer.has_value());
  EXPECT_EQ(invited.offer->port, 4000);
  ASSERT_EQ(invited.offer->codecs.size(), 2U);
  EXPECT_EQ(invited.offer->codecs[1].name, "telephone-event");
  EXPECT_TRUE(invited.facts.local_tag.empty());
  EXPECT_EQ(invited.facts.remote_tag, "peer");
  EXPECT_EQ(invited.facts.remote_cseq, 1U);
  EXPECT_EQ(invited.facts.source, rig.peer.address());
}

TEST(InboundCall, TellsHowFarItMayStillGo) {
  Rig rig;
  rig.send(Draft{.body = kOffer, .max_forwards = 17});
  EXPECT_EQ(rig.reports.expect<call::LegInvited>().max_forwards, 17);
}

TEST(InboundCall, IsTryingAtOnce) {
  Rig rig;
  rig.send(Draft{.body = kOffer});
  EXPECT_EQ(rig.peer.response("INVITE", 100).status(), 100);
}

TEST(InboundCall, WithoutSdpHasNoOfferAndTheAckBringsTheAnswer) {
  Rig rig;
  rig.send(Draft{});
  const auto invited = rig.reports.expect<call::LegInvited>();
  EXPECT_FALSE(invited.offer.has_value());

  rig.stack->post(call::AnswerLeg{invited.leg, our_media()});
  const Message ok = rig.peer.response("INVITE");
  rig.send(Draft{.method = "ACK", .to = ok.header("To"), .branch = "z9hG4bK-ack", .body = kOffer});

  rig.reports.expect<call::DialogChanged>();
  const auto confirmed = rig.reports.expect<call::LegConfirmed>();
  ASSERT_TRUE(confirmed.media.has_value());
  EXPECT_EQ(confirmed.media->port, 4000);
}

TEST(InboundCall, RingsWithTheTagOfTheAnswer) {
  Rig rig;
  rig.send(Draft{.body = kOffer});
  const auto invited = rig.reports.expect<call::LegInvited>();

  rig.stack->post(call::ProgressLeg{invited.leg, 180, std::nullopt});
  const Message ringing = rig.peer.response("INVITE", 180);
  rig.stack->post(call::ProgressLeg{invited.leg, 183, our_media()});
  const Message early = rig.peer.response("INVITE", 183);
  rig.stack->post(call::AnswerLeg{invited.leg, our_media()});
  const Message ok = rig.peer.response("INVITE");

  EXPECT_EQ(ringing.status(), 180);
  EXPECT_TRUE(ringing.body().empty());
  EXPECT_NE(early.body().find("m=audio 20000 RTP/AVP 0\r\n"), std::string::npos);
  EXPECT_EQ(ok.status(), 200);
  EXPECT_EQ(ok.tag_of("To"), ringing.tag_of("To"));
  EXPECT_NE(ok.header("Contact").find(":" + std::to_string(rig.port)), std::string::npos);
  EXPECT_EQ(ok.header("Content-Type"), "application/sdp");
  const auto changed = rig.reports.expect<call::DialogChanged>();
  EXPECT_EQ(changed.facts.local_tag, ok.tag_of("To"));
}

TEST(InboundCall, EndsWithTheByeOfThePeer) {
  Rig rig;
  const Rig::Call call = rig.inbound_call();

  rig.send(Draft{.method = "BYE",
                 .uri = call.target,
                 .to = call.to,
                 .cseq = 2,
                 .branch = "z9hG4bK-bye",
                 .extra = "Reason: Q.850;cause=16;text=\"Normal\"\r\n"});

  EXPECT_EQ(rig.peer.response("BYE").status(), 200);
  const auto hung_up = rig.reports.expect<call::LegHungUp>();
  EXPECT_EQ(hung_up.leg, call.leg);
  EXPECT_EQ(hung_up.how, call::LegHungUp::How::Bye);
  EXPECT_EQ(hung_up.q850, 16);
  EXPECT_EQ(rig.reports.expect<call::LegGone>().leg, call.leg);
}

TEST(InboundCall, EndsWithOurByeAndItsReason) {
  Rig rig;
  const Rig::Call call = rig.inbound_call();

  rig.stack->post(call::HangUpLeg{call.leg, 480, "Q.850;cause=17;text=\"USER_BUSY\""});
  const Message bye = rig.peer.request("BYE");
  rig.send({.status = 200}, bye);

  EXPECT_EQ(bye.uri(), "sip:1001@" + rig.peer.address());
  EXPECT_EQ(bye.header("Reason"), "Q.850;cause=17;text=\"USER_BUSY\"");
  EXPECT_EQ(bye.tag_of("To"), "peer");
  EXPECT_EQ("<sip:5000@127.0.0.1>;tag=" + bye.tag_of("From"), call.to);
  EXPECT_EQ(rig.reports.expect<call::LegGone>().leg, call.leg);
}

TEST(InboundCall, IsRefusedWithTheFinalStatusOfTheOrder) {
  Rig rig;
  rig.send(Draft{.body = kOffer});
  const auto invited = rig.reports.expect<call::LegInvited>();

  rig.stack->post(call::HangUpLeg{invited.leg, 486, "Q.850;cause=17;text=\"USER_BUSY\""});

  const Message busy = rig.peer.response("INVITE");
  EXPECT_EQ(busy.status(), 486);
  EXPECT_EQ(busy.header("Reason"), "Q.850;cause=17;text=\"USER_BUSY\"");
  rig.reports.expect<call::LegGone>();
}

TEST(InboundCall, CancelledBeforeTheAnswerEnds) {
  Rig rig;
  rig.send(Draft{.body = kOffer});
  const auto invited = rig.reports.expect<call::LegInvited>();

  rig.send(Draft{.method = "CANCEL", .contact = "-", .extra = "Reason: Q.850;cause=31\r\n"});

  const Message first = rig.peer.next([](const Message& m) { return m.status() >= 200; }).value();
  const Message second = rig.peer.next([](const Message& m) { return m.status() >= 200; }).value();
  EXPECT_EQ(first.status() + second.status(), 200 + 487);
  const auto hung_up = rig.reports.expect<call::LegHungUp>();
  EXPECT_EQ(hung_up.how, call::LegHungUp::How::Cancel);
  EXPECT_EQ(hung_up.q850, 31);
  EXPECT_EQ(rig.reports.expect<call::LegGone>().leg, invited.leg);
}

TEST(InboundCall, ByeOnTheEarlyDialogEndsIt) {
  Rig rig;
  rig.send(Draft{.body = kOffer});
  const auto invited = rig.reports.expect<call::LegInvited>();
  rig.stack->post(call::ProgressLeg{invited.leg, 180, std::nullopt});
  const Message ringing = rig.peer.response("INVITE", 180);

  rig.send(Draft{.method = "BYE", .to = ringing.header("To"), .cseq = 2, .branch = "z9hG4bK-bye"});

  EXPECT_EQ(rig.peer.response("BYE").status(), 200);
  EXPECT_EQ(rig.peer.response("INVITE").status(), 487);
  EXPECT_EQ(rig.reports.expect<call::LegHungUp>().how, call::LegHungUp::How::Bye);
  rig.reports.expect<call::LegGone>();
}

TEST(InboundCall, RepeatedInviteIsNoSecondCall) {
  Rig rig;
  rig.send(Draft{.body = kOffer});
  rig.reports.expect<call::LegInvited>();

  rig.send(Draft{.body = kOffer});
  rig.settle();

  EXPECT_EQ(rig.reports.waiting(), 0U);
}

TEST(InboundCall, SameInviteByAnotherWayIsMerged) {
  Rig rig;
  rig.send(Draft{.body = kOffer});
  rig.reports.expect<call::LegInvited>();

  rig.send(Draft{.branch = "z9hG4bK-other", .body = kOffer});

  EXPECT_EQ(rig.peer.response("INVITE").status(), 482);
  EXPECT_EQ(rig.reports.waiting(), 0U);
}

TEST(InboundCall, RepeatsTheAnswerUntilTheAck) {
  auto options = Rig::options_of(testing::test_profile());
  options.timer_t1 = std::chrono::milliseconds(20);
  Rig rig(std::move(options));
  rig.send(Draft{.body = kOffer});
  const auto invited = rig.reports.expect<call::LegInvited>();

  rig.stack->post(call::AnswerLeg{invited.leg, our_media()});

  const Message first = rig.peer.response("INVITE");
  const Message second = rig.peer.response("INVITE");
  EXPECT_EQ(first.text, second.text);
}

TEST(InboundCall, WithoutAnAckEndsWithABye) {
  auto options = Rig::options_of(testing::test_profile());
  options.timer_t1 = std::chrono::milliseconds(5);
  Rig rig(std::move(options));
  rig.send(Draft{.body = kOffer});
  const auto invited = rig.reports.expect<call::LegInvited>();

  rig.stack->post(call::AnswerLeg{invited.leg, our_media()});

  rig.reports.expect<call::DialogChanged>();
  EXPECT_EQ(rig.reports.expect<call::LegHungUp>().how, call::LegHungUp::How::Timeout);
  rig.send({.status = 200}, rig.peer.request("BYE"));
  EXPECT_EQ(rig.reports.expect<call::LegGone>().leg, invited.leg);
}

TEST(InboundCall, HungUpBeforeTheAckIsEndedAfterIt) {
  Rig rig;
  rig.send(Draft{.body = kOffer});
  const auto invited = rig.reports.expect<call::LegInvited>();
  rig.stack->post(call::AnswerLeg{invited.leg, our_media()});
  const Message ok = rig.peer.response("INVITE");

  rig.stack->post(call::HangUpLeg{invited.leg, 480, ""});
  rig.send(Draft{.method = "ACK", .to = ok.header("To"), .branch = "z9hG4bK-ack"});

  rig.send({.status = 200}, rig.peer.request("BYE"));
  rig.reports.expect<call::DialogChanged>();
  EXPECT_EQ(rig.reports.expect<call::LegGone>().leg, invited.leg);
}

TEST(InboundCall, AnswerFollowsTheRecordRoute) {
  Rig rig;
  rig.send(
      Draft{.contact = "<sip:1001@10.99.99.99:5060>",
            .extra = "Record-Route: <sip:" + rig.peer.address() + ";lr>, <sip:10.9.9.9;lr>\r\n",
            .body = kOffer});
  const auto invited = rig.reports.expect<call::LegInvited>();
  rig.stack->post(call::AnswerLeg{invited.leg, our_media()});
  const Message ok = rig.peer.response("INVITE");
  rig.send(Draft{.method = "ACK", .to = ok.header("To"), .branch = "z9hG4bK-ack"});
  rig.reports.find<call::LegConfirmed>();

  rig.stack->post(call::HangUpLeg{invited.leg, 480, ""});

  const Message bye = rig.peer.request("BYE");
  EXPECT_EQ(bye.uri(), "sip:1001@10.99.99.99:5060");
  EXPECT_EQ(bye.header("Route"), "<sip:" + rig.peer.address() + ";lr>");
  EXPECT_NE(bye.text.find("<sip:10.9.9.9;lr>"), std::string::npos);
}

TEST(InboundCall, ManyAtOnceAreAllReported) {
  Rig rig;
  constexpr int kCalls = 100;
  for (int i = 0; i < kCalls; ++i) {
    rig.send(Draft{.call_id = "many-" + std::to_string(i),
                   .branch = "z9hG4bK-many-" + std::to_string(i),
                   .body = kOffer});
  }
  std::set<std::uint64_t> legs;
  for (int i = 0; i < kCalls; ++i) legs.insert(rig.reports.expect<call::LegInvited>().leg.value);
  EXPECT_EQ(legs.size(), 100U);
}

TEST(InboundCall, MeetsAFullCoreWithRetryAfter) {
  Rig rig;
  rig.reports.set_room(0);

  rig.send(Draft{.body = kOffer});

  const Message refused = rig.peer.response("INVITE");
  EXPECT_EQ(refused.status(), 503);
  EXPECT_FALSE(refused.header("Retry-After").empty());
}

TEST(InboundCall, NoneIsTakenWhenTheOperatorWantsNone) {
  std::atomic<bool> wanted = true;
  StackOptions options = Rig::options_of(testing::test_profile());
  options.core_load = [&wanted] { return CoreLoad{.takes_new_calls = wanted}; };
  Rig rig(std::move(options));
  const Rig::Call call = rig.inbound_call();
  wanted = false;

  rig.send(Draft{.method = "OPTIONS", .call_id = "asks", .branch = "z9hG4bK-asks"});
  EXPECT_EQ(rig.peer.response("OPTIONS").status(), 503);
  rig.send(Draft{.call_id = "late", .branch = "z9hG4bK-late", .body = kOffer});
  const Message refused = rig.peer.response("INVITE");
  EXPECT_EQ(refused.status(), 503);
  EXPECT_FALSE(refused.header("Retry-After").empty());

  // What belongs to a call that is here goes on.
  rig.send(Draft{.method = "BYE", .to = call.to, .cseq = 2, .branch = "z9hG4bK-bye"});
  EXPECT_EQ(rig.peer.response("BYE").status(), 200);
}

TEST(InboundCall, ReportsOfALegWaitForRoom) {
  Rig rig;
  const Rig::Call call = rig.inbound_call();
  rig.reports.set_room(0);
  rig.send(Draft{.method = "BYE", .to = call.to, .cseq = 2, .branch = "z9hG4bK-bye"});
  rig.peer.response("BYE");

  rig.reports.set_room(-1);

  rig.reports.expect<call::LegHungUp>();
  rig.reports.expect<call::LegGone>();
}

}  // namespace
}  // namespace sip
