// Dialogs that outlive the process.

#include <gtest/gtest.h>

#include "sip/testing/rig.h"

namespace sip {
namespace {

using testing::Draft;
using testing::kOffer;
using testing::Message;
using testing::Rig;

// Ends the first Stack and starts a second one on the same port that knows the dialog.
void restart(Rig& rig, base::LegId leg, const call::DialogFacts& facts) {
  rig.stack.reset();
  call::SipProfile profile = testing::test_profile();
  profile.sip_port = rig.port;
  auto options = Rig::options_of(profile);
  options.restored = {call::RestoreDialog{leg, facts}};
  options.first_leg = base::LegId{101};
  rig.start(std::move(options));
}

TEST(RestoredDialog, OfACallInIsEndedByThePeer) {
  Rig rig;
  const Rig::Call call = rig.inbound_call();

  restart(rig, call.leg, call.facts);
  rig.send(Draft{.method = "BYE", .to = call.to, .cseq = 2, .branch = "z9hG4bK-bye"});

  EXPECT_EQ(rig.peer.response("BYE").status(), 200);
  EXPECT_EQ(rig.reports.expect<call::LegHungUp>().leg, call.leg);
  EXPECT_EQ(rig.reports.expect<call::LegGone>().leg, call.leg);
}

TEST(RestoredDialog, OfACallInIsEndedByUs) {
  Rig rig;
  const Rig::Call call = rig.inbound_call();

  restart(rig, call.leg, call.facts);
  rig.stack->post(call::HangUpLeg{call.leg, 480, "Q.850;cause=16"});
  const Message bye = rig.peer.request("BYE");
  rig.send({.status = 200}, bye);

  EXPECT_EQ(bye.uri(), call.facts.remote_target);
  EXPECT_EQ(bye.header("From"), call.to);
  EXPECT_EQ(bye.tag_of("To"), "peer");
  EXPECT_EQ(bye.header("Call-ID"), "call-1");
  EXPECT_EQ(bye.cseq(), call.facts.local_cseq + 1);
  EXPECT_EQ(rig.reports.expect<call::LegGone>().leg, call.leg);
}

// An earlier process has sent what it could not report any more.
TEST(RestoredDialog, IsEndedWithAHigherNumberWhenOursIsTooLow) {
  Rig rig;
  const Rig::Call call = rig.inbound_call();

  restart(rig, call.leg, call.facts);
  rig.stack->post(call::HangUpLeg{call.leg, 480, ""});
  const Message first = rig.peer.request("BYE");
  rig.send({.status = 500}, first);
  const Message second = rig.peer.request("BYE");
  rig.send({.status = 500}, second);

  EXPECT_GT(second.cseq(), first.cseq() + 1);
  EXPECT_EQ(rig.reports.expect<call::LegGone>().leg, call.leg);
}

TEST(RestoredDialog, OfACallOutGoesOnWithItsSequenceAndRoute) {
  Rig rig;
  rig.stack->post(rig.invitation());
  const Message invite = rig.peer.request("INVITE");
  const std::string route = "<sip:" + rig.peer.address() + ";lr>";
  rig.send({.status = 200,
            .contact = "<sip:phone@192.0.2.1>",
            .extra = "Record-Route: " + route + "\r\n",
            .body = kOffer},
           invite);
  const auto facts = rig.reports.expect<call::LegAnswered>().facts;

  restart(rig, base::LegId{2}, facts);
  rig.stack->post(call::HangUpLeg{base::LegId{2}, 480, ""});
  const Message bye = rig.peer.request("BYE");
  rig.send({.status = 200}, bye);

  EXPECT_EQ(bye.uri(), "sip:phone@192.0.2.1");
  EXPECT_EQ(bye.header("Route"), route);
  EXPECT_EQ(bye.cseq(), invite.cseq() + 1);
  EXPECT_EQ(bye.header("From"), invite.header("From"));
  EXPECT_EQ(bye.tag_of("To"), "phone");
  rig.reports.expect<call::LegGone>();
}

TEST(RestoredDialog, OfACallOutIsEndedByThePhone) {
  Rig rig;
  const Rig::Answered call = rig.outbound_call();

  restart(rig, base::LegId{2}, call.facts);
  rig.send(Draft{.method = "BYE",
                 .from = call.ack.header("To"),
                 .to = call.ack.header("From"),
                 .call_id = call.ack.header("Call-ID"),
                 .extra = "Reason: Q.850;cause=17\r\n"});

  EXPECT_EQ(rig.peer.response("BYE").status(), 200);
  EXPECT_EQ(rig.reports.expect<call::LegHungUp>().q850, 17);
  rig.reports.expect<call::LegGone>();
}

TEST(RestoredDialog, TakesAReinvite) {
  Rig rig;
  const Rig::Call call = rig.inbound_call();

  restart(rig, call.leg, call.facts);
  rig.send(Draft{.to = call.to, .cseq = 2, .branch = "z9hG4bK-hold", .body = kOffer});

  EXPECT_EQ(rig.reports.expect<call::LegReinvited>().leg, call.leg);
  rig.stack->post(call::AnswerReinvite{call.leg, testing::our_media()});
  EXPECT_EQ(rig.peer.response("INVITE").status(), 200);
}

TEST(RestoredDialog, KeepsTheOrderOfThePeersRequests) {
  Rig rig;
  const Rig::Call call = rig.inbound_call();

  restart(rig, call.leg, call.facts);
  rig.send(Draft{.method = "INFO", .to = call.to, .cseq = 1, .branch = "z9hG4bK-old"});

  EXPECT_EQ(rig.peer.response("INFO").status(), 500);
}

TEST(RestoredDialog, AcknowledgesAnAnswerThatIsRepeated) {
  Rig rig;
  const Rig::Answered call = rig.outbound_call();

  restart(rig, base::LegId{2}, call.facts);
  rig.send({.status = 200, .body = kOffer}, call.invite);

  EXPECT_EQ(rig.peer.request("ACK").tag_of("To"), "phone");
  rig.settle();
  EXPECT_EQ(rig.reports.waiting(), 0U);
}

TEST(RestoredDialog, ByOrderIsFoundAsWell) {
  Rig rig;
  const Rig::Call call = rig.inbound_call();
  rig.stack.reset();
  rig.start(Rig::options_of(testing::test_profile()));

  rig.stack->post(call::RestoreDialog{call.leg, call.facts});
  rig.stack->post(call::HangUpLeg{call.leg, 480, ""});

  rig.send({.status = 200}, rig.peer.request("BYE"));
  EXPECT_EQ(rig.reports.expect<call::LegGone>().leg, call.leg);
}

TEST(RestoredDialog, OfAProfileThatIsGoneEnds) {
  Rig rig;
  const Rig::Call call = rig.inbound_call();
  call::DialogFacts facts = call.facts;
  facts.profile = "removed";

  rig.stack->post(call::RestoreDialog{base::LegId{55}, facts});
  EXPECT_EQ(rig.reports.expect<call::LegGone>().leg, base::LegId{55});

  facts = call.facts;
  facts.remote_tag.clear();
  rig.stack->post(call::RestoreDialog{base::LegId{57}, facts});
  EXPECT_EQ(rig.reports.expect<call::LegGone>().leg, base::LegId{57});
}

TEST(RestoredDialog, StoppingRefusesWhoWaitsForAnAnswer) {
  Rig rig;
  rig.send(Draft{.body = kOffer});
  rig.reports.expect<call::LegInvited>();

  rig.stack.reset();

  EXPECT_EQ(rig.peer.response("INVITE").status(), 503);
}

TEST(RestoredDialog, StoppingStopsPhonesFromRinging) {
  Rig rig;
  rig.stack->post(rig.invitation());
  rig.send({.status = 180}, rig.peer.request("INVITE"));
  rig.reports.expect<call::LegProgressed>();

  rig.stack.reset();

  rig.peer.request("CANCEL");
}

}  // namespace
}  // namespace sip
