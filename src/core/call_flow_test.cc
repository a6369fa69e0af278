// One caller who talks to one agent: what both hear, what is told of it, how it ends. Each flow
// also with the core saved and restored before every input.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/call_flow_testing.h"

namespace core {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

class AnsweredCall : public CallFlow {};

INSTANTIATE_TEST_SUITE_P(, AnsweredCall, both_persistences(), name_of_persistence);

TEST_P(AnsweredCall, CallerHearsMusicThenTheAgent) {
  Rehearsal stage(with_agents({"ann"}), GetParam());

  const base::LegId caller = stage.call("q-support");
  EXPECT_EQ(stage.hears(caller), kMusic);
  const auto invite = stage.last<call::InviteLeg>();
  ASSERT_TRUE(invite.has_value());
  stage.answer(invite->leg);

  EXPECT_EQ(stage.hears(caller), "leg " + std::to_string(invite->leg.value));
  EXPECT_EQ(stage.hears(invite->leg), "leg " + std::to_string(caller.value));
  EXPECT_EQ(stage.core().floor(stage.now()).talking, 1u);
}

TEST_P(AnsweredCall, InviteShowsTheCallerToTheAgent) {
  Rehearsal stage(with_agents({"ann"}), GetParam());

  stage.call("q-support");

  const auto invite = stage.last<call::InviteLeg>();
  ASSERT_TRUE(invite.has_value());
  EXPECT_EQ(invite->request_uri, "sip:ann@127.0.0.1:5070");
  EXPECT_EQ(invite->from_display, "Ann Caller");
  EXPECT_EQ(invite->from_user, "6001");
  EXPECT_EQ(invite->profile, "internal");
  EXPECT_NE(invite->offer.port, 0);
}

TEST_P(AnsweredCall, EventsOfAnAnsweredCallComeInOrder) {
  Rehearsal stage(with_agents({"ann"}), GetParam());

  const Pair pair = talk(stage, "q-support");
  stage.hang_up(pair.caller);

  EXPECT_THAT(
      stage.queue_events(),
      ElementsAre("member-queue-start", "members-count 1", "agent-state-change ann Receiving",
                  "agent-offering ann", "bridge-agent-start ann", "members-count 0",
                  "agent-state-change ann In a queue call", "bridge-agent-end ann SUCCESS",
                  "member-queue-end ann SUCCESS Terminated", "agent-state-change ann Waiting"));
}

TEST_P(AnsweredCall, CallerWhoHangsUpHasTheVariablesOfAnAnsweredCall) {
  Rehearsal stage(with_agents({"ann"}), GetParam());

  const Pair pair = talk(stage, "q-support");
  stage.forget();
  stage.hang_up(pair.caller);

  const auto caller = stage.hangup_of("inbound");
  EXPECT_EQ(caller->get("Hangup-Cause"), "NORMAL_CLEARING");
  EXPECT_EQ(variable(caller, "cc_side"), "member");
  EXPECT_EQ(variable(caller, "cc_queue"), "support@default");
  EXPECT_EQ(variable(caller, "cc_cause"), "answered");
  EXPECT_EQ(variable(caller, "cc_agent"), "ann");
  EXPECT_EQ(variable(caller, "cc_agent_bridged"), "true");
  EXPECT_NE(variable(caller, "cc_member_uuid"), "");
  EXPECT_EQ(variable(caller, "cc_queue_joined_epoch"), "1767323046");
  EXPECT_EQ(variable(caller, "cc_queue_answered_epoch"), "1767323046");
  EXPECT_EQ(variable(caller, "hangup_cause"), "NORMAL_CLEARING");
  for (const char* absent : {"cc_agent_found", "cc_cancel_reason", "cc_queue_canceled_epoch",
                             "cc_queue_terminated_epoch", "cc_record_filename"}) {
    EXPECT_EQ(variable(caller, absent), "") << absent;
  }
}

TEST_P(AnsweredCall, AgentsLegHasTheVariablesOfACallbackAgent) {
  Rehearsal stage(with_agents({"ann"}), GetParam());

  const Pair pair = talk(stage, "q-support");
  stage.forget();
  stage.hang_up(pair.caller);

  const auto caller = stage.hangup_of("inbound");
  const auto agent = stage.hangup_of("outbound");
  EXPECT_EQ(agent->get("Hangup-Cause"), "NORMAL_CLEARING");
  EXPECT_EQ(variable(agent, "cc_side"), "agent");
  EXPECT_EQ(variable(agent, "cc_queue"), "support@default");
  EXPECT_EQ(variable(agent, "cc_queue_joined_epoch"), "1767323046");
  EXPECT_EQ(variable(agent, "cc_member_uuid"), variable(caller, "cc_member_uuid"));
  EXPECT_EQ(variable(agent, "cc_member_session_uuid"), caller->get("Unique-ID"));
  EXPECT_EQ(variable(agent, "cc_agent"), "ann");
  EXPECT_EQ(variable(agent, "cc_agent_type"), "callback");
  EXPECT_EQ(variable(agent, "cc_agent_bridged"), "true");
  EXPECT_EQ(variable(agent, "ignore_early_media"), "true");
  EXPECT_EQ(variable(agent, "loopback_bowout"), "false");
  EXPECT_EQ(variable(agent, "cc_member_pre_answer_uuid"), "");
  EXPECT_EQ(variable(agent, "sip_call_id"), "call-" + std::to_string(pair.agent.value));
  EXPECT_EQ(variable(caller, "cc_agent_uuid"), agent->get("Unique-ID"));
}

TEST_P(AnsweredCall, CallerHangUpEndsTheAgentWithNormalClearing) {
  Rehearsal stage(with_agents({"ann"}), GetParam());

  const Pair pair = talk(stage, "q-support");
  stage.forget();
  stage.hang_up(pair.caller);

  const auto ended = stage.all<call::HangUpLeg>();
  ASSERT_THAT(ended, SizeIs(1));
  EXPECT_EQ(ended[0].leg, pair.agent);
  EXPECT_EQ(ended[0].reason, "Q.850;cause=16;text=\"NORMAL_CLEARING\"");
  EXPECT_EQ(stage.core().floor(stage.now()).legs, 0u);
}

TEST_P(AnsweredCall, AgentHangUpEndsTheCallerWhenNothingFollows) {
  Rehearsal stage(with_agents({"ann"}), GetParam());

  const Pair pair = talk(stage, "q-support");
  stage.forget();
  stage.hang_up(pair.agent);

  const auto ended = stage.all<call::HangUpLeg>();
  ASSERT_THAT(ended, SizeIs(1));
  EXPECT_EQ(ended[0].leg, pair.caller);
  EXPECT_EQ(ended[0].reason, "Q.850;cause=16;text=\"NORMAL_CLEARING\"");
  const auto caller = stage.hangup_of("inbound");
  EXPECT_EQ(variable(caller, "cc_cause"), "answered");
  EXPECT_EQ(variable(caller, "cc_queue_terminated_epoch"), "");
}

TEST_P(AnsweredCall, NextCallerGetsTheAgentAtOnce) {
  Rehearsal stage(with_agents({"ann"}), GetParam());
  const Pair pair = talk(stage, "q-support");
  stage.call("q-support", "6002", "Second");
  stage.forget();

  stage.hang_up(pair.caller);

  ASSERT_THAT(stage.all<call::InviteLeg>(), SizeIs(1));
  EXPECT_EQ(stage.last<call::InviteLeg>()->from_user, "6002");
}

TEST_P(AnsweredCall, EventNumbersHaveNoGap) {
  Rehearsal stage(with_agents({"ann"}), GetParam());
  const Pair pair = talk(stage, "q-support");
  stage.hang_up(pair.caller);

  const auto events = stage.all<Publish>();
  for (std::size_t i = 1; i < events.size(); ++i) {
    EXPECT_EQ(events[i].event.sequence, events[i - 1].event.sequence + 1);
  }
}

TEST_P(AnsweredCall, BackgroundJobIsAnEventWithItsReply) {
  Rehearsal stage(with_agents({}), GetParam());

  stage.feed(ApiRequested{base::Ticket{9}, "callcenter_config queue count", "job-1"});

  const auto event = stage.last<Publish>()->event;
  EXPECT_EQ(event.name, "BACKGROUND_JOB");
  EXPECT_EQ(event.get("Job-UUID"), "job-1");
  EXPECT_EQ(event.get("Job-Command"), "callcenter_config");
  EXPECT_EQ(event.get("Job-Command-Arg"), "queue count");
  EXPECT_EQ(event.body, stage.all<ApiReply>().back().text);
}

}  // namespace
}  // namespace core
