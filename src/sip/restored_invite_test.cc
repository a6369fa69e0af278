// INVITEs that outlive the process that sent or received them. The first Stack of a test stops in
// good order and says so to the peer, who pays no attention: as if it had died.

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sip/limits.h"
#include "sip/testing/rig.h"
#include "sip/testing/tcp_peer.h"

namespace sip {
namespace {

using testing::Draft;
using testing::kOffer;
using testing::Message;
using testing::our_media;
using testing::Rig;
using testing::TcpListener;
using testing::TcpPeer;

constexpr const char* kReason = "Q.850;cause=41;text=\"NORMAL_TEMPORARY_FAILURE\"";

void start_again(Rig& rig, call::RestoreInvite leg, std::chrono::milliseconds timer_t1) {
  call::SipProfile profile = testing::test_profile();
  profile.sip_port = rig.port;
  auto options = Rig::options_of(profile);
  options.timer_t1 = timer_t1;
  options.restored = {std::move(leg)};
  options.first_leg = base::LegId{101};
  rig.start(std::move(options));
}

// A call of ours that rings, and the process that made it is gone.
struct RingingCall {
  Message invite;
  call::RestoreInvite leg;
};
RingingCall ringing_call(Rig& rig) {
  rig.stack->post(rig.invitation());
  const Message invite = rig.peer.request("INVITE");
  auto sent = rig.reports.expect_sent();
  rig.send({.status = 180}, invite);
  rig.reports.expect<call::LegProgressed>();
  rig.stack.reset();
  rig.peer.request("CANCEL");
  return {invite, {.leg = sent.leg, .facts = sent.facts, .sent = sent.sent, .received = {}}};
}

RingingCall call_after_restart(
    Rig& rig, std::chrono::milliseconds timer_t1 = std::chrono::milliseconds(500)) {
  RingingCall call = ringing_call(rig);
  start_again(rig, call.leg, timer_t1);
  return call;
}

std::string branch_of(const Message& message) {
  const std::string via = message.header("Via");
  const std::size_t begin = via.find("branch=") + 7;
  return via.substr(begin, via.find(';', begin) - begin);
}

TEST(RestoredInvite, OfOursIsCancelledAsTheCallItWas) {
  Rig rig;
  const RingingCall call = call_after_restart(rig);

  rig.stack->post(call::HangUpLeg{call.leg.leg, 480, kReason});
  const Message cancel = rig.peer.request("CANCEL");

  EXPECT_EQ(branch_of(cancel), branch_of(call.invite));
  EXPECT_EQ(cancel.uri(), call.invite.uri());
  for (const char* header : {"From", "To", "Call-ID"}) {
    EXPECT_EQ(cancel.header(header), call.invite.header(header)) << header;
  }
  EXPECT_EQ(cancel.cseq(), call.invite.cseq());
  EXPECT_EQ(cancel.header("Reason"), kReason);
}

TEST(RestoredInvite, OfOursIsOverWithTheFinalResponseOfThePhone) {
  Rig rig;
  const RingingCall call = call_after_restart(rig);
  rig.stack->post(call::HangUpLeg{call.leg.leg, 480, kReason});

  rig.send({.status = 200}, rig.peer.request("CANCEL"));
  rig.send({.status = 487}, call.invite);
  const Message ack = rig.peer.request("ACK");

  EXPECT_EQ(branch_of(ack), branch_of(call.invite));
  EXPECT_EQ(ack.uri(), call.invite.uri());
  EXPECT_EQ(ack.tag_of("To"), "phone");
  EXPECT_EQ(rig.reports.expect<call::LegGone>().leg, call.leg.leg);
}

TEST(RestoredInvite, IsCancelledAgainUntilThePhoneAnswers) {
  Rig rig;
  const RingingCall call = call_after_restart(rig, std::chrono::milliseconds(50));
  rig.stack->post(call::HangUpLeg{call.leg.leg, 480, ""});

  rig.peer.request("CANCEL");
  rig.send({.status = 200}, rig.peer.request("CANCEL"));
  rig.send({.status = 487}, call.invite);

  rig.reports.expect<call::LegGone>();
}

TEST(RestoredInvite, ThatAPhoneDoesNotKnowIsOver) {
  Rig rig;
  const RingingCall call = call_after_restart(rig);
  rig.stack->post(call::HangUpLeg{call.leg.leg, 480, ""});

  rig.send({.status = 481}, rig.peer.request("CANCEL"));

  EXPECT_EQ(rig.reports.expect<call::LegGone>().leg, call.leg.leg);
}

TEST(RestoredInvite, OfAPhoneThatIsGoneIsOverAtLast) {
  Rig rig;
  const RingingCall call = call_after_restart(rig, std::chrono::milliseconds(5));

  rig.stack->post(call::HangUpLeg{call.leg.leg, 480, ""});

  EXPECT_EQ(rig.reports.expect<call::LegGone>().leg, call.leg.leg);
}

TEST(RestoredInvite, OfAPhoneThatNeverEndsItIsOverAtLast) {
  Rig rig;
  const RingingCall call = call_after_restart(rig, std::chrono::milliseconds(5));
  rig.stack->post(call::HangUpLeg{call.leg.leg, 480, ""});

  rig.send({.status = 200}, rig.peer.request("CANCEL"));

  EXPECT_EQ(rig.reports.expect<call::LegGone>().leg, call.leg.leg);
}

TEST(RestoredInvite, AnsweredAfterTheCancelGetsAckAndBye) {
  Rig rig;
  const RingingCall call = call_after_restart(rig);
  rig.stack->post(call::HangUpLeg{call.leg.leg, 480, kReason});
  rig.send({.status = 200}, rig.peer.request("CANCEL"));

  rig.send({.status = 200, .body = kOffer}, call.invite);

  EXPECT_EQ(rig.peer.request("ACK").cseq(), call.invite.cseq());
  const Message bye = rig.peer.request("BYE");
  EXPECT_EQ(bye.cseq(), call.invite.cseq() + 1);
  EXPECT_EQ(bye.tag_of("To"), "phone");
  EXPECT_EQ(bye.header("Reason"), kReason);
  rig.send({.status = 200}, bye);
  EXPECT_EQ(rig.reports.expect<call::LegGone>().leg, call.leg.leg);
}

TEST(RestoredInvite, AnsweredBeforeTheOrderToEndItGetsAckAndBye) {
  Rig rig;
  const RingingCall call = call_after_restart(rig);

  rig.send({.status = 200, .body = kOffer}, call.invite);
  rig.peer.request("ACK");
  rig.settle();
  rig.stack->post(call::HangUpLeg{call.leg.leg, 480, ""});

  rig.send({.status = 200}, rig.peer.request("BYE"));
  EXPECT_EQ(rig.reports.expect<call::LegGone>().leg, call.leg.leg);
}

TEST(RestoredInvite, RefusedBeforeTheOrderToEndItIsOver) {
  Rig rig;
  const RingingCall call = call_after_restart(rig);

  rig.send({.status = 486}, call.invite);

  EXPECT_EQ(branch_of(rig.peer.request("ACK")), branch_of(call.invite));
  EXPECT_EQ(rig.reports.expect<call::LegGone>().leg, call.leg.leg);
}

// The process died before anybody knew that it was out.
TEST(RestoredInvite, ThatIsOrderedOnceMoreIsTheSame) {
  auto options = Rig::options_of(testing::test_profile());
  options.nonce_secret = "of this data directory";
  Rig rig(options);
  rig.stack->post(rig.invitation());
  const Message first = rig.peer.request("INVITE");
  rig.stack.reset();
  options.profiles.front().sip_port = rig.port;
  rig.start(options);

  rig.stack->post(rig.invitation());
  rig.stack->post(call::HangUpLeg{base::LegId{2}, 480, ""});
  const Message second = rig.peer.request("INVITE");
  for (const char* header : {"Via", "From", "To", "Call-ID", "CSeq"}) {
    EXPECT_EQ(second.header(header), first.header(header)) << header;
  }
  rig.send({.status = 180}, second);
  EXPECT_EQ(branch_of(rig.peer.request("CANCEL")), branch_of(first));
}

TEST(RestoredInvite, OfAnotherDataDirectoryHasOtherNames) {
  std::vector<std::string> names;
  for (const char* secret : {"one", "other"}) {
    auto options = Rig::options_of(testing::test_profile());
    options.nonce_secret = secret;
    Rig rig(options);
    rig.stack->post(rig.invitation());
    names.push_back(rig.peer.request("INVITE").header("Call-ID"));
  }

  EXPECT_NE(names[0], names[1]);
}

TEST(RestoredInvite, NamesTheConnectionThatOursWentBy) {
  Rig rig;
  TcpListener phone;
  call::InviteLeg order = rig.invitation();
  order.request_uri = "sip:phone@" + phone.address() + ";transport=tcp";

  rig.stack->post(order);
  phone.accept().request("INVITE");

  EXPECT_EQ(rig.reports.expect_sent().sent.destination, phone.address() + ";transport=tcp");
}

// A caller who hears ringing, and the process that he called is gone.
struct WaitingCaller {
  Message ringing;
  call::RestoreInvite leg;
};
const Draft kCall{.extra = "Record-Route: <sip:127.0.0.1:5;lr>\r\n", .body = kOffer};

call::RestoreInvite restored_of(const call::LegInvited& invited) {
  return {.leg = invited.leg, .facts = invited.facts, .sent = {}, .received = invited.received};
}

WaitingCaller caller_after_restart(
    Rig& rig, std::chrono::milliseconds timer_t1 = std::chrono::milliseconds(500)) {
  rig.send(kCall);
  const auto invited = rig.reports.expect<call::LegInvited>();
  rig.stack->post(call::ProgressLeg{invited.leg, 180, std::nullopt});
  const Message ringing = rig.peer.response("INVITE", 180);
  rig.stack.reset();
  rig.peer.response("INVITE", 503);
  WaitingCaller caller{ringing, restored_of(invited)};
  start_again(rig, caller.leg, timer_t1);
  return caller;
}

TEST(RestoredInvite, OfACallerIsRefusedAlongItsWay) {
  Rig rig;
  const WaitingCaller caller = caller_after_restart(rig);

  rig.stack->post(call::HangUpLeg{caller.leg.leg, 503, kReason});
  const Message refusal = rig.peer.response("INVITE");

  EXPECT_EQ(refusal.status(), 503);
  EXPECT_EQ(refusal.header("Retry-After"), std::to_string(kRetryAfterSeconds));
  EXPECT_EQ(refusal.header("Reason"), kReason);
  for (const char* header : {"Via", "From", "To", "Call-ID", "CSeq"}) {
    EXPECT_EQ(refusal.header(header), caller.ringing.header(header)) << header;
  }
  EXPECT_EQ(rig.reports.expect<call::LegGone>().leg, caller.leg.leg);
}

TEST(RestoredInvite, OfACallerIsRefusedAgainUntilTheAck) {
  Rig rig;
  const WaitingCaller caller = caller_after_restart(rig, std::chrono::milliseconds(50));
  rig.stack->post(call::HangUpLeg{caller.leg.leg, 503, ""});

  rig.peer.response("INVITE");
  rig.peer.response("INVITE");
  rig.send(Draft{.method = "ACK", .to = caller.ringing.header("To")});

  // Whoever hears nothing of the ACK goes on for 32 s; the next answer is one to something else.
  rig.settle();
  rig.reports.expect<call::LegGone>();
}

TEST(RestoredInvite, ThatIsRepeatedMakesNoSecondCall) {
  Rig rig;
  const WaitingCaller caller = caller_after_restart(rig);

  rig.send(kCall);
  rig.settle();

  EXPECT_EQ(rig.reports.waiting(), 0U);
}

TEST(RestoredInvite, CanBeCancelledByItsCaller) {
  Rig rig;
  const WaitingCaller caller = caller_after_restart(rig);

  rig.send(Draft{.method = "CANCEL"});

  EXPECT_EQ(rig.peer.response("CANCEL").status(), 200);
  EXPECT_EQ(rig.peer.response("INVITE").status(), 487);
  EXPECT_EQ(rig.reports.expect<call::LegHungUp>().how, call::LegHungUp::How::Cancel);
  EXPECT_EQ(rig.reports.expect<call::LegGone>().leg, caller.leg.leg);
}

TEST(RestoredInvite, ThatEndedIsNotBroughtBackByTheOrder) {
  Rig rig;
  const WaitingCaller caller = caller_after_restart(rig);
  rig.send(Draft{.method = "CANCEL"});
  rig.reports.find<call::LegGone>();

  rig.stack->post(caller.leg);
  rig.stack->post(call::HangUpLeg{caller.leg.leg, 503, ""});

  // As for any leg that is not known; a second response has not been sent.
  EXPECT_EQ(rig.reports.expect<call::LegGone>().leg, caller.leg.leg);
  EXPECT_EQ(rig.peer.response("INVITE").status(), 487);
}

TEST(RestoredInvite, OfACallerCanBeAnsweredOnceMore) {
  Rig rig;
  const WaitingCaller caller = caller_after_restart(rig);

  rig.stack->post(call::AnswerLeg{caller.leg.leg, our_media()});
  const Message ok = rig.peer.response("INVITE");
  rig.send(Draft{.method = "ACK", .to = ok.header("To"), .branch = "z9hG4bK-ack"});

  EXPECT_EQ(ok.status(), 200);
  EXPECT_EQ(ok.header("To"), caller.ringing.header("To"));
  EXPECT_EQ(ok.header("Record-Route"), "<sip:127.0.0.1:5;lr>");
  EXPECT_NE(ok.body().find("m=audio 20000"), std::string::npos);
  EXPECT_TRUE(rig.reports.expect<call::DialogChanged>().facts.established());
  EXPECT_EQ(rig.reports.expect<call::LegConfirmed>().leg, caller.leg.leg);
}

TEST(RestoredInvite, OfACallerByTcpIsRefusedWhereHeListens) {
  Rig rig;
  TcpListener listener;
  TcpPeer peer(rig.port);
  // The connection is one from elsewhere, as those of phones are.
  peer.send(text_of(kCall, listener.address(), "TCP"));
  const auto invited = rig.reports.expect<call::LegInvited>();
  rig.stack.reset();
  start_again(rig, restored_of(invited), std::chrono::milliseconds(500));

  rig.stack->post(call::HangUpLeg{invited.leg, 503, ""});

  EXPECT_EQ(listener.accept().response("INVITE").status(), 503);
}

TEST(RestoredInvite, WithTooManyHopsIsNotKept) {
  Rig rig;
  Draft long_way = kCall;
  for (std::size_t i = 0; i < kViasMax; ++i) {
    long_way.extra += "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK-" + std::to_string(i) + "\r\n";
  }

  rig.send(long_way);

  EXPECT_TRUE(rig.reports.expect<call::LegInvited>().received.vias.empty());
}

TEST(RestoredInvite, ThatCannotBeReadEnds) {
  Rig rig;
  rig.send(kCall);
  call::RestoreInvite leg = restored_of(rig.reports.expect<call::LegInvited>());
  leg.leg = base::LegId{55};

  leg.received->vias = {"no Via\r\n\r\n"};
  rig.stack->post(leg);
  EXPECT_EQ(rig.reports.expect<call::LegGone>().leg, base::LegId{55});

  leg.leg = base::LegId{57};
  leg.facts.profile = "removed";
  rig.stack->post(leg);
  EXPECT_EQ(rig.reports.expect<call::LegGone>().leg, base::LegId{57});
}

}  // namespace
}  // namespace sip
