// Requests within and around dialogs.

#include <gtest/gtest.h>

#include "sip/testing/rig.h"

namespace sip {
namespace {

using testing::Draft;
using testing::kOffer;
using testing::Message;
using testing::our_media;
using testing::Rig;

TEST(OutsideDialogs, OptionsSayWhatWeUnderstand) {
  Rig rig;
  rig.send(Draft{.method = "OPTIONS"});
  const Message ok = rig.peer.response("OPTIONS");
  EXPECT_EQ(ok.status(), 200);
  EXPECT_NE(ok.header("Allow").find("INVITE"), std::string::npos);
  EXPECT_EQ(ok.header("Accept"), "application/sdp");
}

TEST(OutsideDialogs, RequestsThatNeedOneMeet481) {
  Rig rig;
  for (const char* method : {"BYE", "INFO", "CANCEL", "UPDATE"}) {
    rig.send(Draft{.method = method,
                   .call_id = std::string("no-dialog-") + method,
                   .branch = std::string("z9hG4bK-") + method});
    EXPECT_EQ(rig.peer.response(method).status(), 481) << method;
  }
  rig.send(Draft{.method = "INVITE", .to = "<sip:5000@127.0.0.1>;tag=nobody", .body = kOffer});
  EXPECT_EQ(rig.peer.response("INVITE").status(), 481);
  EXPECT_EQ(rig.reports.waiting(), 0U);
}

TEST(OutsideDialogs, UnknownMethodsAreNamedSo) {
  Rig rig;
  rig.send(Draft{.method = "SUBSCRIBE"});
  const Message known = rig.peer.response("SUBSCRIBE");
  EXPECT_EQ(known.status(), 405);
  EXPECT_FALSE(known.header("Allow").empty());
  rig.send(Draft{.method = "DANCE", .branch = "z9hG4bK-dance"});
  EXPECT_EQ(rig.peer.response("DANCE").status(), 501);
}

TEST(OutsideDialogs, NoForwardsLeftIs483) {
  Rig rig;
  rig.send(Draft{.body = kOffer, .max_forwards = 0});
  EXPECT_EQ(rig.peer.response("INVITE").status(), 483);
}

TEST(OutsideDialogs, RequiredExtensionsAreNamed) {
  Rig rig;
  rig.send(Draft{.extra = "Require: 100rel, gruu\r\n", .body = kOffer});
  const Message refused = rig.peer.response("INVITE");
  EXPECT_EQ(refused.status(), 420);
  EXPECT_EQ(refused.header("Unsupported"), "100rel, gruu");
}

TEST(OutsideDialogs, StrayAnswerIsAcknowledgedAndEnded) {
  Rig rig;
  const std::string answer =
      "SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 127.0.0.1:" + std::to_string(rig.port) +
      ";branch=z9hG4bK-lost\r\nFrom: <sip:us@x>;tag=ours\r\nTo: <sip:them@x>;tag=theirs\r\n"
      "Call-ID: lost\r\nCSeq: 7 INVITE\r\nContact: <sip:them@" +
      rig.peer.address() + ">\r\nContent-Length: 0\r\n\r\n";

  rig.peer.send(answer, rig.port);

  const Message ack = rig.peer.request("ACK");
  EXPECT_EQ(ack.cseq(), 7U);
  EXPECT_EQ(ack.tag_of("From"), "ours");
  EXPECT_EQ(ack.tag_of("To"), "theirs");
  EXPECT_EQ(rig.peer.request("BYE").cseq(), 8U);
}

TEST(InDialog, InfoAndOptionsAreWelcome) {
  Rig rig;
  const Rig::Call call = rig.inbound_call();
  std::uint32_t cseq = 1;
  for (const char* method : {"INFO", "OPTIONS"}) {
    rig.send(Draft{.method = method,
                   .to = call.to,
                   .cseq = ++cseq,
                   .branch = std::string("z9hG4bK-") + method});
    EXPECT_EQ(rig.peer.response(method).status(), 200) << method;
    EXPECT_EQ(rig.reports.expect<call::DialogChanged>().facts.remote_cseq, cseq);
  }
}

TEST(InDialog, OtherMethodsAreNot) {
  Rig rig;
  const Rig::Call call = rig.inbound_call();
  rig.send(Draft{.method = "SUBSCRIBE", .to = call.to, .cseq = 2, .branch = "z9hG4bK-subscribe"});
  EXPECT_EQ(rig.peer.response("SUBSCRIBE").status(), 405);
  rig.send(Draft{.method = "DANCE", .to = call.to, .cseq = 3, .branch = "z9hG4bK-dance"});
  EXPECT_EQ(rig.peer.response("DANCE").status(), 501);
}

TEST(InDialog, OldSequenceNumbersAreOutOfOrder) {  // RFC 3261 §12.2.2
  Rig rig;
  const Rig::Call call = rig.inbound_call();
  rig.send(Draft{.method = "INFO", .to = call.to, .cseq = 1, .branch = "z9hG4bK-old"});
  EXPECT_EQ(rig.peer.response("INFO").status(), 500);
  EXPECT_EQ(rig.reports.waiting(), 0U);
}

TEST(InDialog, RepeatedRequestGetsTheSameReply) {
  Rig rig;
  const Rig::Call call = rig.inbound_call();
  const Draft info{.method = "INFO", .to = call.to, .cseq = 2, .branch = "z9hG4bK-info"};
  rig.send(info);
  EXPECT_EQ(rig.peer.response("INFO").status(), 200);
  rig.send(info);
  EXPECT_EQ(rig.peer.response("INFO").status(), 200);
}

TEST(InDialog, WrongTagIsNotTheDialog) {
  Rig rig;
  const Rig::Call call = rig.inbound_call();
  rig.send(Draft{.method = "BYE",
                 .from = "<sip:1001@default>;tag=other",
                 .to = call.to,
                 .cseq = 2,
                 .branch = "z9hG4bK-bye"});
  EXPECT_EQ(rig.peer.response("BYE").status(), 481);
  EXPECT_EQ(rig.reports.waiting(), 0U);
}

Draft hold(const Rig::Call& call) {
  std::string held = kOffer;
  held.replace(held.find("a=sendrecv"), 10, "a=sendonly");
  return Draft{.to = call.to, .cseq = 2, .branch = "z9hG4bK-hold", .body = held};
}

TEST(Reinvite, IsReportedAndAnswered) {
  Rig rig;
  const Rig::Call call = rig.inbound_call();

  rig.send(hold(call));
  const auto reinvited = rig.reports.expect<call::LegReinvited>();
  auto media = our_media();
  media.direction = call::MediaDirection::ReceiveOnly;
  rig.stack->post(call::AnswerReinvite{reinvited.leg, media});
  const Message ok = rig.peer.response("INVITE");
  rig.send(Draft{.method = "ACK", .to = call.to, .cseq = 2, .branch = "z9hG4bK-holdack"});

  EXPECT_EQ(reinvited.leg, call.leg);
  ASSERT_TRUE(reinvited.offer.has_value());
  EXPECT_EQ(reinvited.offer->direction, call::MediaDirection::SendOnly);
  EXPECT_EQ(ok.status(), 200);
  EXPECT_NE(ok.body().find("a=recvonly"), std::string::npos);
  EXPECT_EQ(rig.reports.expect<call::DialogChanged>().facts.remote_cseq, 2U);
}

TEST(Reinvite, RefreshesTheTarget) {
  Rig rig;
  const Rig::Call call = rig.inbound_call();
  Draft moved = hold(call);
  moved.contact = "<sip:moved@" + rig.peer.address() + ">";

  rig.send(moved);

  rig.reports.expect<call::LegReinvited>();
  EXPECT_EQ(rig.reports.expect<call::DialogChanged>().facts.remote_target,
            "sip:moved@" + rig.peer.address());
}

TEST(Reinvite, CanBeRefused) {
  Rig rig;
  const Rig::Call call = rig.inbound_call();
  rig.send(hold(call));
  rig.reports.expect<call::LegReinvited>();

  rig.stack->post(call::RefuseReinvite{call.leg, 491});

  EXPECT_EQ(rig.peer.response("INVITE").status(), 491);
}

TEST(Reinvite, WhileOneIsOpenIsToldToWait) {  // RFC 3261 §14.2
  Rig rig;
  const Rig::Call call = rig.inbound_call();
  rig.send(hold(call));
  rig.reports.expect<call::LegReinvited>();

  Draft second = hold(call);
  second.cseq = 3;
  second.branch = "z9hG4bK-hold2";
  rig.send(second);

  const Message refused = rig.peer.response("INVITE");
  EXPECT_EQ(refused.status(), 500);
  EXPECT_FALSE(refused.header("Retry-After").empty());
}

TEST(Reinvite, BeforeTheAckIsAGlare) {
  Rig rig;
  rig.send(Draft{.body = kOffer});
  const auto invited = rig.reports.expect<call::LegInvited>();
  rig.stack->post(call::AnswerLeg{invited.leg, our_media()});
  const Message ok = rig.peer.response("INVITE");

  rig.send(Draft{.to = ok.header("To"), .cseq = 2, .branch = "z9hG4bK-early", .body = kOffer});

  const auto glare = rig.peer.next([](const Message& m) { return m.status() >= 300; });
  EXPECT_EQ(glare.value().status(), 491);
}

TEST(Reinvite, WithBadSdpOrContactChangesNothing) {
  Rig rig;
  const Rig::Call call = rig.inbound_call();
  Draft bad = hold(call);
  bad.body = "nonsense";
  rig.send(bad);
  EXPECT_EQ(rig.peer.response("INVITE").status(), 400);
  Draft hostile = hold(call);
  hostile.cseq = 3;
  hostile.branch = "z9hG4bK-hostile";
  hostile.contact = "<tel:+4930>";
  rig.send(hostile);
  EXPECT_EQ(rig.peer.response("INVITE").status(), 400);
  EXPECT_EQ(rig.reports.expect<call::DialogChanged>().facts.remote_target,
            call.facts.remote_target);
}

TEST(Reinvite, WithoutAnAckEndsTheCall) {
  auto options = Rig::options_of(testing::test_profile());
  options.timer_t1 = std::chrono::milliseconds(5);
  Rig rig(std::move(options));
  const Rig::Call call = rig.inbound_call();
  rig.send(hold(call));
  rig.reports.expect<call::LegReinvited>();
  rig.reports.expect<call::DialogChanged>();

  rig.stack->post(call::AnswerReinvite{call.leg, our_media()});

  EXPECT_EQ(rig.reports.find<call::LegHungUp>().how, call::LegHungUp::How::Timeout);
  rig.send({.status = 200}, rig.peer.request("BYE"));
  rig.reports.expect<call::LegGone>();
}

TEST(Reinvite, ByeOfThePeerEndsItToo) {
  Rig rig;
  const Rig::Call call = rig.inbound_call();
  rig.send(hold(call));
  rig.reports.expect<call::LegReinvited>();

  rig.send(Draft{.method = "BYE", .to = call.to, .cseq = 3, .branch = "z9hG4bK-bye"});

  EXPECT_EQ(rig.peer.response("BYE").status(), 200);
  rig.reports.find<call::LegHungUp>();
  rig.reports.expect<call::LegGone>();
}

}  // namespace
}  // namespace sip
