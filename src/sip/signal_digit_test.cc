// Keys that we tell a peer by INFO.
#include <gtest/gtest.h>

#include "sip/testing/rig.h"

namespace sip {
namespace {

using testing::Draft;
using testing::Message;
using testing::Rig;

TEST(SignalDigit, IsAnInfoInTheDialogWithTheKeyInItsBody) {
  Rig rig;
  const Rig::Call call = rig.inbound_call();

  rig.stack->post(call::SignalDigit{call.leg, "5"});

  const Message info = rig.peer.request("INFO");
  EXPECT_EQ(info.header("Content-Type"), "application/dtmf-relay");
  EXPECT_EQ(info.body(), "Signal=5\r\nDuration=160\r\n");
  EXPECT_EQ(info.header("From"), call.to);
  EXPECT_EQ(rig.reports.expect<call::DialogChanged>().facts.local_cseq, info.cseq());
}

TEST(SignalDigit, WaitsForTheAnswerToTheOneBefore) {
  Rig rig;
  const Rig::Call call = rig.inbound_call();
  rig.stack->post(call::SignalDigit{call.leg, "1"});
  rig.stack->post(call::SignalDigit{call.leg, "2"});
  const Message first = rig.peer.request("INFO");
  rig.settle();

  rig.send({.status = 200}, first);
  const Message second = rig.peer.request("INFO");

  EXPECT_EQ(second.cseq(), first.cseq() + 1);
  EXPECT_EQ(second.body().rfind("Signal=2", 0), 0U);
}

TEST(SignalDigit, GoesOnAfterARefusal) {
  Rig rig;
  const Rig::Call call = rig.inbound_call();
  rig.stack->post(call::SignalDigit{call.leg, "1"});
  rig.stack->post(call::SignalDigit{call.leg, "2"});

  rig.send({.status = 415}, rig.peer.request("INFO"));

  EXPECT_EQ(rig.peer.request("INFO").body().rfind("Signal=2", 0), 0U);
}

TEST(SignalDigit, IsLeftOutWhenTheCallIsNotAnsweredOrEnding) {
  Rig rig;
  rig.stack->post(rig.invitation());
  rig.peer.request("INVITE");

  rig.stack->post(call::SignalDigit{base::LegId{2}, "5"});
  rig.stack->post(call::SignalDigit{base::LegId{99}, "5"});
  rig.settle();

  EXPECT_EQ(rig.reports.waiting(), 0U);
}

}  // namespace
}  // namespace sip
