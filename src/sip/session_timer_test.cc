#include "sip/session_timer.h"

#include <gtest/gtest.h>

#include "sip/testing/rig.h"

namespace sip {
namespace {

using testing::Draft;
using testing::kOffer;
using testing::Message;
using testing::our_media;
using testing::Rig;

// Sessions of a few seconds, so that signs of life are due after half of them.
StackOptions short_sessions(int seconds = 4) {
  call::SipProfile profile = testing::test_profile();
  profile.session_seconds = seconds;
  profile.session_minimum_seconds = seconds;
  return Rig::options_of(profile);
}

Draft invite_with(const std::string& extra) {
  return Draft{.extra = extra, .body = kOffer};
}

// A call of the peer up to the ACK, with these header lines in its INVITE.
Rig::Call call_with(Rig& rig, const std::string& extra, Message* answer = nullptr) {
  rig.send(invite_with(extra));
  const auto invited = rig.reports.expect<call::LegInvited>();
  rig.stack->post(call::AnswerLeg{invited.leg, our_media()});
  const Message ok = rig.peer.response("INVITE");
  if (answer != nullptr) *answer = ok;
  Rig::Call call{invited.leg, ok.header("To"), Rig::uri_in(ok.header("Contact")), {}};
  rig.send(Draft{.method = "ACK", .uri = call.target, .to = call.to, .branch = "z9hG4bK-ack"});
  call.facts = rig.reports.expect<call::DialogChanged>().facts;
  rig.reports.expect<call::LegConfirmed>();
  return call;
}

TEST(SessionTimer, ShortSessionsAreRefused) {  // RFC 4028 §9
  Rig rig;
  rig.send(invite_with("Supported: timer\r\nSession-Expires: 30\r\n"));
  const Message refused = rig.peer.response("INVITE");
  EXPECT_EQ(refused.status(), 422);
  EXPECT_EQ(refused.header("Min-SE"), "120");
}

TEST(SessionTimer, IsNotForcedOnWhoDoesNotKnowIt) {
  Rig rig;
  Message ok;
  const Rig::Call call = call_with(rig, "", &ok);
  EXPECT_EQ(ok.header("Session-Expires"), "");
  EXPECT_EQ(call.facts.session_seconds, 0);
}

TEST(SessionTimer, IsAgreedAsThePeerAsks) {
  Rig rig;
  Message ok;
  const Rig::Call call = call_with(
      rig, "Supported: timer\r\nSession-Expires: 600;refresher=uac\r\nAllow: UPDATE\r\n", &ok);
  EXPECT_EQ(ok.header("Session-Expires"), "600;refresher=uac");
  EXPECT_EQ(ok.header("Require"), "timer");
  EXPECT_EQ(call.facts.session_seconds, 600);
  EXPECT_FALSE(call.facts.we_refresh);
  EXPECT_TRUE(call.facts.peer_takes_update);
}

TEST(SessionTimer, OfACallOutIsWhatTheAnswerSays) {
  Rig rig;
  rig.stack->post(rig.invitation());
  const Message invite = rig.peer.request("INVITE");
  EXPECT_EQ(invite.header("Session-Expires"), "1800");
  EXPECT_EQ(invite.header("Min-SE"), "120");
  EXPECT_EQ(invite.header("Supported"), "timer");

  rig.send({.extra = "Session-Expires: 300;refresher=uas\r\nRequire: timer\r\n", .body = kOffer},
           invite);

  const auto facts = rig.reports.expect<call::LegAnswered>().facts;
  EXPECT_EQ(facts.session_seconds, 300);
  EXPECT_FALSE(facts.we_refresh);
  EXPECT_FALSE(facts.local_sdp.empty());
}

TEST(SessionTimer, CallIsSentAgainWithALongerSession) {  // RFC 4028 §7.3
  Rig rig;
  rig.stack->post(rig.invitation());
  const Message first = rig.peer.request("INVITE");
  rig.send({.status = 422, .extra = "Min-SE: 3000\r\n"}, first);

  const auto second = rig.peer.next(
      [&](const Message& m) { return m.method() == "INVITE" && m.cseq() > first.cseq(); });

  ASSERT_TRUE(second.has_value());
  EXPECT_EQ(second->header("Session-Expires"), "3000");
  EXPECT_EQ(second->header("Call-ID"), first.header("Call-ID"));
}

TEST(SessionTimer, WeGiveASignOfLifeByUpdate) {
  Rig rig(short_sessions());
  const Rig::Call call = call_with(rig, "Supported: timer\r\nAllow: INVITE, UPDATE\r\n");

  const Message update = rig.peer.request("UPDATE");
  EXPECT_EQ(update.header("Session-Expires"), "4;refresher=uac");
  EXPECT_EQ(update.body(), "");
  EXPECT_EQ(rig.reports.expect<call::DialogChanged>().facts.local_cseq, update.cseq());
  rig.send({.status = 200, .extra = "Session-Expires: 4;refresher=uac\r\n"}, update);

  const auto next = rig.peer.next(
      [&](const Message& m) { return m.method() == "UPDATE" && m.cseq() > update.cseq(); });
  EXPECT_TRUE(next.has_value());
}

TEST(SessionTimer, WeGiveASignOfLifeByReinviteWithTheSameSdp) {
  Rig rig(short_sessions());
  const Rig::Call call = call_with(rig, "Supported: timer\r\n");

  const Message invite = rig.peer.request("INVITE");

  EXPECT_EQ(invite.body(), call.facts.local_sdp);
  rig.send({.status = 200, .extra = "Session-Expires: 4;refresher=uac\r\n", .body = kOffer},
           invite);
  EXPECT_EQ(rig.peer.request("ACK").cseq(), invite.cseq());
}

TEST(SessionTimer, WhoDoesNotTakeUpdateGetsAReinvite) {
  Rig rig(short_sessions());
  const Rig::Call call = call_with(rig, "Supported: timer\r\nAllow: UPDATE\r\n");
  rig.send({.status = 501}, rig.peer.request("UPDATE"));
  EXPECT_EQ(rig.peer.request("INVITE").body(), call.facts.local_sdp);
}

TEST(SessionTimer, OurSignOfLifeIsRepeatedAfterAGlare) {  // RFC 3261 §14.1
  // Long enough for the pause after a glare.
  Rig rig(short_sessions(10));
  const Rig::Call call = call_with(rig, "Supported: timer\r\n");
  const Message first = rig.peer.request("INVITE");

  // The peer's own offer meets ours.
  rig.send(Draft{.to = call.to, .cseq = 2, .branch = "z9hG4bK-glare", .body = kOffer});
  EXPECT_EQ(rig.peer.response("INVITE").status(), 491);
  rig.send({.status = 491}, first);

  const auto second = rig.peer.next(
      [&](const Message& m) { return m.method() == "INVITE" && m.cseq() > first.cseq(); });
  EXPECT_TRUE(second.has_value());
}

TEST(SessionTimer, NoAnswerToOurSignOfLifeEndsTheCall) {
  Rig rig(short_sessions());
  const Rig::Call call = call_with(rig, "Supported: timer\r\nAllow: UPDATE\r\n");
  rig.send({.status = 481}, rig.peer.request("UPDATE"));

  EXPECT_EQ(rig.reports.find<call::LegHungUp>().how, call::LegHungUp::How::Timeout);
  rig.send({.status = 200}, rig.peer.request("BYE"));
  rig.reports.find<call::LegGone>();
}

TEST(SessionTimer, NoSignOfLifeOfThePeerEndsTheCall) {
  Rig rig(short_sessions());
  call_with(rig, "Supported: timer\r\nSession-Expires: 4;refresher=uac\r\n");

  rig.peer.request("BYE");
  EXPECT_EQ(rig.reports.expect<call::LegHungUp>().how, call::LegHungUp::How::Timeout);
}

TEST(SessionTimer, GoesOnAfterARestart) {
  Rig rig(short_sessions());
  const Rig::Call call = call_with(rig, "Supported: timer\r\nAllow: UPDATE\r\n");
  rig.stack.reset();
  StackOptions options = short_sessions();
  options.restored = {call::RestoreDialog{call.leg, call.facts}};
  rig.start(std::move(options));

  EXPECT_GT(rig.peer.request("UPDATE").cseq(), call.facts.local_cseq);
}

TEST(Update, WithoutSdpIsAnsweredAtOnce) {
  Rig rig;
  const Rig::Call call = rig.inbound_call();

  rig.send(Draft{.method = "UPDATE",
                 .to = call.to,
                 .cseq = 2,
                 .branch = "z9hG4bK-update",
                 .contact = "<sip:moved@" + rig.peer.address() + ">"});

  EXPECT_EQ(rig.peer.response("UPDATE").status(), 200);
  EXPECT_EQ(rig.reports.expect<call::DialogChanged>().facts.remote_target,
            "sip:moved@" + rig.peer.address());
}

TEST(Update, WithAnOfferIsTheCoresToAnswer) {
  Rig rig;
  const Rig::Call call = rig.inbound_call();

  rig.send(Draft{
      .method = "UPDATE", .to = call.to, .cseq = 2, .branch = "z9hG4bK-update", .body = kOffer});
  EXPECT_EQ(rig.reports.expect<call::LegReinvited>().offer->port, 4000);
  rig.stack->post(call::AnswerReinvite{call.leg, our_media()});

  const Message ok = rig.peer.response("UPDATE");
  EXPECT_EQ(ok.status(), 200);
  EXPECT_NE(ok.body().find("m=audio 20000"), std::string::npos);
  // Nothing waits for an ACK: the next change is taken.
  rig.send(Draft{.to = call.to, .cseq = 3, .branch = "z9hG4bK-next", .body = kOffer});
  rig.reports.find<call::LegReinvited>();
}

TEST(Update, WithAnOfferBeforeTheAnswerIsAGlare) {
  Rig rig;
  rig.send(Draft{.body = kOffer});
  const auto invited = rig.reports.expect<call::LegInvited>();
  rig.stack->post(call::ProgressLeg{invited.leg, 180, std::nullopt});
  const Message ringing = rig.peer.response("INVITE", 180);

  rig.send(Draft{.method = "UPDATE",
                 .to = ringing.header("To"),
                 .cseq = 2,
                 .branch = "z9hG4bK-update",
                 .body = kOffer});

  EXPECT_EQ(rig.peer.response("UPDATE").status(), 491);
}

}  // namespace
}  // namespace sip
