// Restored dialogs whose peers may be gone, or have come back by another connection.

#include <gtest/gtest.h>

#include <chrono>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "sip/testing/login.h"
#include "sip/testing/rig.h"
#include "sip/testing/tcp_call.h"
#include "sip/testing/tcp_peer.h"

namespace sip {
namespace {

using std::chrono::milliseconds;
using testing::call_of;
using testing::contact_of;
using testing::Draft;
using testing::Message;
using testing::Rig;
using testing::TcpListener;
using testing::TcpPeer;

void start_again(Rig& rig, std::vector<call::SipOrder> legs,
                 milliseconds timer_t1 = milliseconds(100)) {
  rig.stack.reset();
  call::SipProfile profile = testing::test_profile();
  profile.sip_port = rig.port;
  profile.force_domain = "default";
  auto options = Rig::options_of(profile);
  options.timer_t1 = timer_t1;
  options.restored = std::move(legs);
  options.first_leg = base::LegId{100'001};
  options.directory.add({.id = "1001",
                         .domain = "default",
                         .password = "pw1001",
                         .a1_hash = "",
                         .dial_string = "",
                         .variables = {}});
  rig.start(std::move(options));
}

TEST(SignOfLife, IsAskedForInTheDialog) {
  Rig rig;
  const Rig::Call call = rig.inbound_call();

  start_again(rig, {call::RestoreDialog{call.leg, call.facts}});
  const Message question = rig.peer.request("OPTIONS");

  EXPECT_EQ(question.uri(), call.facts.remote_target);
  EXPECT_EQ(question.header("From"), call.to);
  EXPECT_EQ(question.tag_of("To"), "peer");
  EXPECT_EQ(question.header("Call-ID"), "call-1");
  EXPECT_EQ(question.cseq(), call.facts.local_cseq + 1);
  EXPECT_EQ(rig.reports.expect<call::DialogChanged>().facts.local_cseq, question.cseq());
}

TEST(SignOfLife, IsAnyAnswerOfAPeerThatKnowsTheDialog) {
  for (const int status : {200, 405, 486, 501, 503}) {
    Rig rig;
    const Rig::Call call = rig.inbound_call();
    start_again(rig, {call::RestoreDialog{call.leg, call.facts}});
    const Message question = rig.peer.request("OPTIONS");
    rig.reports.expect<call::DialogChanged>();

    rig.send({.status = status}, question);
    rig.settle();

    EXPECT_EQ(rig.reports.waiting(), 0U) << status;
  }
}

TEST(SignOfLife, IsMissingWhenThePeerDoesNotKnowTheDialog) {
  Rig rig;
  const Rig::Call call = rig.inbound_call();
  start_again(rig, {call::RestoreDialog{call.leg, call.facts}});

  rig.send({.status = 481}, rig.peer.request("OPTIONS"));

  EXPECT_EQ(rig.reports.find<call::LegHungUp>().how, call::LegHungUp::How::Timeout);
  EXPECT_EQ(rig.reports.expect<call::LegGone>().leg, call.leg);
}

TEST(SignOfLife, IsMissingWhenNobodyAnswers) {
  Rig rig;
  const Rig::Call call = rig.inbound_call();

  start_again(rig, {call::RestoreDialog{call.leg, call.facts}}, milliseconds(5));

  EXPECT_EQ(rig.reports.find<call::LegHungUp>().how, call::LegHungUp::How::Timeout);
  rig.peer.request("BYE");
  EXPECT_EQ(rig.reports.expect<call::LegGone>().leg, call.leg);
}

TEST(SignOfLife, IsNotAskedForOnceThePeerHasSpoken) {
  Rig rig;
  const Rig::Call call = rig.inbound_call();
  call::DialogFacts silent = call.facts;
  silent.call_id = "call-2";
  start_again(
      rig,
      {call::RestoreDialog{call.leg, call.facts}, call::RestoreDialog{base::LegId{55}, silent}},
      milliseconds(1000));

  rig.send(Draft{.method = "INFO", .to = call.to, .cseq = 2, .branch = "z9hG4bK-info"});
  rig.peer.response("INFO");

  // Who is asked first is asked first; here it is the second one.
  EXPECT_EQ(rig.peer.request("OPTIONS").header("Call-ID"), "call-2");
}

TEST(SignOfLife, IsAskedForInEachOfManyDialogsOnce) {
  Rig rig;
  const Rig::Call call = rig.inbound_call();
  std::vector<call::SipOrder> legs;
  for (std::uint64_t i = 1; i <= 150; ++i) {
    call::DialogFacts facts = call.facts;
    facts.call_id = "call-" + std::to_string(i);
    legs.emplace_back(call::RestoreDialog{base::LegId{2 * i + 1}, facts});
  }

  start_again(rig, legs);

  std::set<std::string> asked;
  while (asked.size() < legs.size()) {
    const Message question = rig.peer.request("OPTIONS");
    asked.insert(question.header("Call-ID"));
    rig.send({.status = 200}, question);
  }
}

TEST(PeerByTcp, WhoListensIsConnectedToAfterTheRestart) {
  Rig rig;
  TcpListener phone;
  TcpPeer peer(rig.port);
  const Rig::Call call = call_of(rig, peer, "sip:1001@" + phone.address() + ";transport=tcp");

  start_again(rig, {call::RestoreDialog{call.leg, call.facts}});
  rig.stack->post(call::HangUpLeg{call.leg, 480, ""});

  TcpPeer again = phone.accept();
  again.send({.status = 200}, again.request("BYE"));
  EXPECT_EQ(rig.reports.expect<call::LegGone>().leg, call.leg);
}

TEST(PeerByTcp, WhoSpeaksInTheDialogIsAnsweredThere) {
  Rig rig;
  TcpPeer peer(rig.port);
  const Rig::Call call = call_of(rig, peer, contact_of(peer));

  start_again(rig, {call::RestoreDialog{call.leg, call.facts}});
  TcpPeer again(rig.port);
  again.send(Draft{.method = "INFO", .to = call.to, .cseq = 2, .branch = "z9hG4bK-info"});
  again.response("INFO");
  rig.stack->post(call::HangUpLeg{call.leg, 480, ""});

  again.send({.status = 200}, again.request("BYE"));
  EXPECT_EQ(rig.reports.find<call::LegGone>().leg, call.leg);
}

TEST(PeerByTcp, WhoRegistersAgainIsFoundByHisContact) {
  Rig rig;
  std::string target;
  Rig::Call call;
  {
    TcpPeer peer(rig.port);
    target = "sip:1001@" + peer.address() + ";transport=tcp";
    call = call_of(rig, peer, target);
  }

  start_again(rig, {call::RestoreDialog{call.leg, call.facts}});
  TcpPeer again(rig.port);
  const std::string contact = "sip:1001@" + again.address() + ";transport=tcp";
  Draft registration{.method = "REGISTER",
                     .uri = "sip:127.0.0.1",
                     .to = "<sip:1001@default>",
                     .call_id = "registration",
                     .contact = "<" + contact + ">"};
  again.send(registration);
  const std::string challenge = again.response("REGISTER").header("WWW-Authenticate");
  registration.extra = "Authorization: " + testing::credentials({}, challenge) + "\r\n";
  registration.cseq = 2;
  registration.branch = "z9hG4bK-2";
  again.send(registration);
  const auto registered = rig.reports.find<call::RegistrationReceived>();
  rig.stack->post(call::AcceptRegistration{registered.ticket, {{contact, 60}}});
  again.response("REGISTER");
  EXPECT_EQ(rig.reports.find<call::DialogChanged>().facts.source, again.address());
  rig.stack->post(call::HangUpLeg{call.leg, 480, ""});

  again.send({.status = 200}, again.request("BYE"));
  EXPECT_EQ(rig.reports.find<call::LegGone>().leg, call.leg);
}

TEST(PeerByTcp, WhoDoesNotComeBackIsLostAtLast) {
  Rig rig;
  Rig::Call call;
  {
    TcpPeer peer(rig.port);
    call = call_of(rig, peer, contact_of(peer));
  }

  start_again(rig, {call::RestoreDialog{call.leg, call.facts}}, milliseconds(1));

  EXPECT_EQ(rig.reports.find<call::LegHungUp>().how, call::LegHungUp::How::Timeout);
  EXPECT_EQ(rig.reports.expect<call::LegGone>().leg, call.leg);
}

}  // namespace
}  // namespace sip
