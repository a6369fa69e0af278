// What a peer says inside a dialog beside hanging up: keys by INFO, and re-INVITEs that leave the
// offer to us.
#include <gtest/gtest.h>

#include "sip/testing/rig.h"

namespace sip {
namespace {

using testing::Draft;
using testing::kOffer;
using testing::Message;
using testing::our_media;
using testing::Rig;

// A re-INVITE without SDP, up to our 200 with the offer.
Message answered_late_offer(Rig& rig, const Rig::Call& call) {
  rig.send(Draft{.to = call.to, .cseq = 2, .branch = "z9hG4bK-late"});
  const auto reinvited = rig.reports.expect<call::LegReinvited>();
  EXPECT_FALSE(reinvited.offer.has_value());
  rig.stack->post(call::AnswerReinvite{reinvited.leg, our_media()});
  return rig.peer.response("INVITE");
}

TEST(LateReinvite, IsAnsweredWithOurOfferAndTheAckBringsTheAnswer) {
  Rig rig;
  const Rig::Call call = rig.inbound_call();
  std::string answer = kOffer;
  answer.replace(answer.find("4000"), 4, "4002");

  const Message ok = answered_late_offer(rig, call);
  rig.send(Draft{.method = "ACK",
                 .uri = call.target,
                 .to = call.to,
                 .cseq = 2,
                 .branch = "z9hG4bK-lateack",
                 .body = answer});

  EXPECT_NE(ok.body().find("m=audio 20000 RTP/AVP 0"), std::string::npos);
  const auto confirmed = rig.reports.find<call::LegConfirmed>();
  EXPECT_EQ(confirmed.leg, call.leg);
  ASSERT_TRUE(confirmed.media.has_value());
  EXPECT_EQ(confirmed.media->port, 4002);
}

TEST(LateReinvite, AnAckWithoutAnAnswerIsConfirmedWithoutMedia) {
  Rig rig;
  const Rig::Call call = rig.inbound_call();

  answered_late_offer(rig, call);
  rig.send(Draft{
      .method = "ACK", .uri = call.target, .to = call.to, .cseq = 2, .branch = "z9hG4bK-lateack"});

  EXPECT_FALSE(rig.reports.find<call::LegConfirmed>().media.has_value());
}

TEST(LateReinvite, AnAckWithBrokenSdpIsConfirmedWithoutMedia) {
  Rig rig;
  const Rig::Call call = rig.inbound_call();

  answered_late_offer(rig, call);
  rig.send(Draft{.method = "ACK",
                 .uri = call.target,
                 .to = call.to,
                 .cseq = 2,
                 .branch = "z9hG4bK-lateack",
                 .body = "v=0\r\nm=audio x\r\n"});

  EXPECT_FALSE(rig.reports.find<call::LegConfirmed>().media.has_value());
}

Draft info(const Rig::Call& call, std::uint32_t cseq, const std::string& body) {
  return Draft{.method = "INFO",
               .to = call.to,
               .cseq = cseq,
               .branch = "z9hG4bK-info" + std::to_string(cseq),
               .body = body};
}

void send_as(const Rig& rig, const Draft& draft, const std::string& content_type) {
  std::string text = text_of(draft, rig.peer);
  text.replace(text.find("application/sdp"), std::string("application/sdp").size(), content_type);
  rig.peer.send(text, rig.port);
}

TEST(InfoInDialog, TellsTheKey) {
  Rig rig;
  const Rig::Call call = rig.inbound_call();

  send_as(rig, info(call, 2, "Signal=5\r\nDuration=160\r\n"), "application/dtmf-relay");

  EXPECT_EQ(rig.peer.response("INFO").status(), 200);
  const auto told = rig.reports.find<call::DigitSignalled>();
  EXPECT_EQ(told.leg, call.leg);
  EXPECT_EQ(told.digit, "5");
}

TEST(InfoInDialog, OfAnotherKindOrWithoutAKeyIsWelcomeAndTellsNothing) {
  Rig rig;
  const Rig::Call call = rig.inbound_call();

  send_as(rig, info(call, 2, "Signal=x\r\n"), "application/dtmf-relay");
  EXPECT_EQ(rig.peer.response("INFO").status(), 200);
  send_as(rig, info(call, 3, "5"), "text/plain");
  EXPECT_EQ(rig.peer.response("INFO").status(), 200);
  send_as(rig, info(call, 4, "#"), "application/dtmf");

  EXPECT_EQ(rig.reports.find<call::DigitSignalled>().digit, "#");
}

}  // namespace
}  // namespace sip
