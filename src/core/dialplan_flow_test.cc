// What the dialplan's actions do before a queue, after it and without one, each flow also with the
// core saved and restored before every input.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/call_flow_testing.h"

namespace core {
namespace {

using std::chrono::milliseconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class DialplanFlow : public CallFlow {};

INSTANTIATE_TEST_SUITE_P(, DialplanFlow, both_persistences(), name_of_persistence);

TEST_P(DialplanFlow, DialplanGoesOnAfterTheConversation) {
  Rehearsal stage(with_agents({"ann"}), GetParam());

  const Pair pair = talk(stage, "after-support");
  stage.hang_up(pair.agent);
  EXPECT_EQ(stage.hears(pair.caller), "tone_stream://%(1500,0,1200)");
  stage.wait(milliseconds(1500));
  stage.forget();
  stage.sound_ends(pair.caller);

  const auto caller = stage.hangup_of("inbound");
  EXPECT_EQ(caller->get("Hangup-Cause"), "USER_BUSY");
  EXPECT_EQ(variable(caller, "kit_after"), "answered///true");
  EXPECT_EQ(variable(caller, "cc_queue_terminated_epoch"), "1767323049");
  EXPECT_EQ(stage.last<call::HangUpLeg>()->reason, "Q.850;cause=17;text=\"USER_BUSY\"");
}

TEST_P(DialplanFlow, HangupAfterBridgeEndsTheCallerWithTheAgentsCause) {
  Rehearsal stage(with_agents({"ann"}), GetParam());

  const Pair pair = talk(stage, "hab-support");
  stage.forget();
  stage.feed(call::LegHungUp{pair.agent, call::LegHungUp::How::Bye, 31});

  EXPECT_EQ(stage.hangup_of("inbound")->get("Hangup-Cause"), "NORMAL_UNSPECIFIED");
  EXPECT_EQ(stage.hears(pair.caller), "");
}

TEST_P(DialplanFlow, ExitKeyLeavesTheQueueAndTheDialplanGoesOn) {
  Rehearsal stage(with_agents({}), GetParam());
  const base::LegId caller = stage.call("exit-support");
  stage.press(caller, "4");
  EXPECT_EQ(stage.hears(caller), kMusic);
  stage.forget();

  stage.press(caller, "5");

  EXPECT_EQ(stage.hears(caller), "tone_stream://%(1500,0,1200)");
  EXPECT_THAT(stage.queue_events(),
              ElementsAre("member-queue-end Cancel EXIT_WITH_KEY", "members-count 0"));
  stage.sound_ends(caller);
  const auto event = stage.hangup_of("inbound");
  EXPECT_EQ(variable(event, "cc_exit_key"), "5");
  EXPECT_EQ(variable(event, "cc_cancel_reason"), "EXIT_WITH_KEY");
}

TEST_P(DialplanFlow, UnknownQueueLeavesTheCallUnanswered) {
  Rehearsal stage(with_agents({}), GetParam());

  stage.call("q-nowhere");

  EXPECT_THAT(stage.all<call::AnswerLeg>(), IsEmpty());
  EXPECT_EQ(stage.last<call::HangUpLeg>()->final_status, 480);
  EXPECT_EQ(variable(stage.hangup_of("inbound"), "cc_side"), "");
}

TEST_P(DialplanFlow, SecondQueueIsEnteredAfterTheFirstIsFinished) {
  Rehearsal stage(with_agents({"ann"}), GetParam());

  const Pair pair = talk(stage, "chain-support-sales");
  stage.forget();
  stage.hang_up(pair.agent);

  EXPECT_THAT(
      stage.queue_events(),
      ElementsAre("bridge-agent-end ann SUCCESS", "member-queue-end ann SUCCESS Terminated",
                  "agent-state-change ann Waiting", "member-queue-start", "members-count 1"));
  EXPECT_EQ(stage.hears(pair.caller), kMusic);
}

TEST_P(DialplanFlow, NoExtensionIsRefusedWith404) {
  Rehearsal stage(with_agents({}), GetParam());

  stage.call("unheard-of");

  EXPECT_EQ(stage.last<call::HangUpLeg>()->final_status, 404);
  EXPECT_EQ(stage.last<call::HangUpLeg>()->reason, "Q.850;cause=3;text=\"NO_ROUTE_DESTINATION\"");
}

TEST_P(DialplanFlow, HangupApplicationRefusesWithItsCause) {
  Rehearsal stage(with_agents({}), GetParam());

  stage.call("refused");

  EXPECT_EQ(stage.last<call::HangUpLeg>()->final_status, 486);
}

TEST_P(DialplanFlow, SleepEndsAtItsInstant) {
  Rehearsal stage(with_agents({}), GetParam());
  stage.call("sleepy");

  stage.wait(milliseconds(2'999));
  EXPECT_THAT(stage.all<call::HangUpLeg>(), IsEmpty());
  stage.wait(milliseconds(1));

  EXPECT_THAT(stage.all<call::HangUpLeg>(), SizeIs(1));
}

TEST_P(DialplanFlow, TransferLoopEndsTheCall) {
  Rehearsal stage(with_agents({}), GetParam());

  stage.call("loop");

  EXPECT_EQ(stage.hangup_of("inbound")->get("Hangup-Cause"), "EXCHANGE_ROUTING_ERROR");
}

TEST_P(DialplanFlow, UnknownApplicationIsNamedAndSkipped) {
  Rehearsal stage(with_agents({}), GetParam());

  stage.call("odd");

  ASSERT_THAT(stage.all<LogLine>(), SizeIs(1));
  EXPECT_THAT(stage.all<LogLine>()[0].text, ::testing::HasSubstr("juggle"));
  EXPECT_THAT(stage.all<call::AnswerLeg>(), SizeIs(1));
}

TEST_P(DialplanFlow, ExportedVariablesAndPrefixReachTheAgent) {
  Rehearsal stage(with_agents({"ann"}), GetParam());

  const base::LegId caller = stage.call("export");
  EXPECT_EQ(stage.last<call::InviteLeg>()->from_display, "SALES Ann Caller");
  stage.hang_up(caller);

  const auto agent = stage.hangup_of("outbound");
  EXPECT_EQ(variable(agent, "kit_one"), "first value");
  EXPECT_EQ(variable(agent, "kit_two"), "2");
  EXPECT_EQ(variable(agent, "kit_missing"), "");
}

TEST_P(DialplanFlow, CommandInADialplanRingsTheWaitingCaller) {
  Rehearsal stage(with_agents({"ann"}), GetParam());
  stage.api("callcenter_config agent set status ann 'Logged Out'");
  stage.call("q-support");
  stage.forget();

  stage.call("login-ann", "1000", "Ann");

  EXPECT_THAT(stage.all<call::InviteLeg>(), SizeIs(1));
  EXPECT_THAT(stage.all<call::AnswerLeg>(), SizeIs(1));
}

TEST_P(DialplanFlow, UnloadedQueueReleasesTheCallerIntoTheDialplan) {
  Rehearsal stage(with_agents({}), GetParam());
  const base::LegId caller = stage.call("after-support");

  stage.api("callcenter_config queue unload support@default");

  EXPECT_EQ(stage.hears(caller), "tone_stream://%(1500,0,1200)");
  stage.sound_ends(caller);
  EXPECT_EQ(variable(stage.hangup_of("inbound"), "kit_after"), "cancel/BREAK_OUT//");
}

}  // namespace
}  // namespace core
