// One caller, one agent, and every way in which that can go: each flow also with the core saved and
// restored before every input.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/rehearsal.h"

namespace core {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr const char* kMusic = "tone_stream://%(10000,0,450);loops=-1";

class CallFlow : public ::testing::TestWithParam<Persistence> {
 protected:
  static Configuration with_agents(std::initializer_list<const char*> names) {
    Configuration configuration = stage_configuration();
    for (const char* name : names) add_stage_agent(configuration, name);
    return configuration;
  }

  // Caller 6001 talks to ann.
  struct Pair {
    base::LegId caller;
    base::LegId agent;
  };
  static Pair talk(Rehearsal& stage, std::string_view number) {
    Pair pair;
    pair.caller = stage.call(number);
    pair.agent = stage.last<call::InviteLeg>()->leg;
    stage.wait(milliseconds(500));
    stage.answer(pair.agent);
    stage.wait(milliseconds(2500));
    return pair;
  }

  static std::string variable(const std::optional<base::EslEvent>& event, std::string_view name) {
    return event ? std::string(event->get("variable_" + std::string(name))) : "no event";
  }
};

INSTANTIATE_TEST_SUITE_P(, CallFlow,
                         ::testing::Values(Persistence::Continuous, Persistence::SavedEachTime),
                         [](const auto& mode) {
                           return mode.param == Persistence::Continuous ? "Continuous"
                                                                        : "SavedEachTime";
                         });

TEST_P(CallFlow, CallerHearsMusicThenTheAgent) {
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

TEST_P(CallFlow, InviteShowsTheCallerToTheAgent) {
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

TEST_P(CallFlow, EventsOfAnAnsweredCallComeInOrder) {
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

TEST_P(CallFlow, CallerWhoHangsUpHasTheVariablesOfAnAnsweredCall) {
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

TEST_P(CallFlow, AgentsLegHasTheVariablesOfACallbackAgent) {
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

TEST_P(CallFlow, CallerHangUpEndsTheAgentWithNormalClearing) {
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

TEST_P(CallFlow, AgentHangUpEndsTheCallerWhenNothingFollows) {
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

TEST_P(CallFlow, DialplanGoesOnAfterTheConversation) {
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

TEST_P(CallFlow, HangupAfterBridgeEndsTheCallerWithTheAgentsCause) {
  Rehearsal stage(with_agents({"ann"}), GetParam());

  const Pair pair = talk(stage, "hab-support");
  stage.forget();
  stage.feed(call::LegHungUp{pair.agent, call::LegHungUp::How::Bye, 31});

  EXPECT_EQ(stage.hangup_of("inbound")->get("Hangup-Cause"), "NORMAL_UNSPECIFIED");
  EXPECT_EQ(stage.hears(pair.caller), "");
}

TEST_P(CallFlow, AbandonedCallHasItsVariablesAndEvents) {
  Rehearsal stage(with_agents({}), GetParam());

  const base::LegId caller = stage.call("q-support");
  stage.wait(seconds(2));
  stage.hang_up(caller);

  EXPECT_THAT(stage.queue_events(),
              ElementsAre("member-queue-start", "members-count 1",
                          "member-queue-end Cancel BREAK_OUT", "members-count 0"));
  const auto event = stage.hangup_of("inbound");
  EXPECT_EQ(event->get("Hangup-Cause"), "NORMAL_CLEARING");
  EXPECT_EQ(variable(event, "cc_cause"), "cancel");
  EXPECT_EQ(variable(event, "cc_cancel_reason"), "BREAK_OUT");
  EXPECT_EQ(variable(event, "cc_queue_canceled_epoch"), "1767323048");
  EXPECT_EQ(variable(event, "cc_agent_bridged"), "");
  EXPECT_THAT(stage.all<call::HangUpLeg>(), IsEmpty());
}

TEST_P(CallFlow, QueueIsLeftBeforeTheChannelIsComplete) {
  Rehearsal stage(with_agents({}), GetParam());

  const base::LegId caller = stage.call("q-support");
  stage.forget();
  stage.hang_up(caller);

  EXPECT_THAT(stage.events(),
              ElementsAre("member-queue-end Cancel BREAK_OUT", "members-count 0", "PRESENCE_IN",
                          "CHANNEL_HANGUP", "CHANNEL_HANGUP_COMPLETE"));
}

TEST_P(CallFlow, AbandonWhileRingingCancelsTheAgent) {
  Rehearsal stage(with_agents({"ann"}), GetParam());

  const base::LegId caller = stage.call("q-support");
  const base::LegId agent = stage.last<call::InviteLeg>()->leg;
  stage.wait(milliseconds(1500));
  stage.forget();
  stage.hang_up(caller);

  const auto ended = stage.all<call::HangUpLeg>();
  ASSERT_THAT(ended, SizeIs(1));
  EXPECT_EQ(ended[0].leg, agent);
  EXPECT_EQ(ended[0].reason, "SIP;cause=487;text=\"ORIGINATOR_CANCEL\"");
  EXPECT_THAT(
      stage.queue_events(),
      ElementsAre("member-queue-end Cancel BREAK_OUT", "members-count 0",
                  "bridge-agent-fail ann ORIGINATOR_CANCEL", "agent-state-change ann Waiting"));
}

TEST_P(CallFlow, AbandonBeforeTheInviteSendsNone) {
  Rehearsal stage(with_agents({}), GetParam());
  const base::LegId caller = stage.call("q-support");
  stage.set_stagehands(Stagehands::Idle);
  stage.api("callcenter_config agent add bob callback");
  stage.api("callcenter_config agent set contact bob sofia/internal/bob@127.0.0.1:5070");
  stage.api("callcenter_config agent set status bob Available");
  stage.api("callcenter_config tier add support@default bob");
  ASSERT_THAT(stage.all<call::OpenMedia>(), SizeIs(2));
  const base::LegId agent = stage.last<call::OpenMedia>()->leg;

  stage.feed(call::LegHungUp{caller, call::LegHungUp::How::Bye, std::nullopt});
  stage.feed(call::MediaOpened{agent, 20'100});

  EXPECT_THAT(stage.all<call::InviteLeg>(), IsEmpty());
  EXPECT_EQ(stage.last<call::HangUpLeg>()->leg, agent);
}

TEST_P(CallFlow, AnswerAfterTheCancelBridgesNobody) {
  Rehearsal stage(with_agents({"ann"}), GetParam());
  const base::LegId caller = stage.call("q-support");
  const base::LegId agent = stage.last<call::InviteLeg>()->leg;
  stage.set_stagehands(Stagehands::Idle);
  stage.hang_up(caller);
  stage.forget();

  stage.answer(agent);
  stage.feed(call::LegGone{agent});

  EXPECT_THAT(stage.all<call::BridgeMedia>(), IsEmpty());
  EXPECT_THAT(stage.queue_events(), IsEmpty());
  stage.wait(std::chrono::seconds(1));
  EXPECT_EQ(stage.core().floor(stage.now()).legs, 0u);
}

TEST_P(CallFlow, BusyAgentFailsAndTheCallerKeepsItsMusic) {
  Rehearsal stage(with_agents({"ann"}), GetParam());
  stage.api("callcenter_config agent set busy_delay_time ann 3");
  const base::LegId caller = stage.call("q-support");
  stage.forget();

  stage.refuse(base::LegId{2}, 486);
  EXPECT_THAT(stage.queue_events(),
              ElementsAre("bridge-agent-fail ann USER_BUSY", "agent-state-change ann Waiting"));
  EXPECT_EQ(stage.hears(caller), kMusic);
  stage.forget();
  stage.wait(milliseconds(2999));
  EXPECT_THAT(stage.all<call::InviteLeg>(), IsEmpty());
  stage.wait(milliseconds(1));

  EXPECT_THAT(stage.all<call::InviteLeg>(), SizeIs(1));
}

TEST_P(CallFlow, SilentPhoneIsCancelledAfterItsLegTimeout) {
  Rehearsal stage(with_agents({"ann"}), GetParam());
  stage.call("q-support");
  stage.forget();

  stage.wait(milliseconds(9'999));
  EXPECT_THAT(stage.all<call::HangUpLeg>(), IsEmpty());
  stage.wait(milliseconds(1));

  EXPECT_EQ(stage.all<call::HangUpLeg>().front().reason, "SIP;cause=802;text=\"ALLOTTED_TIMEOUT\"");
  EXPECT_EQ(stage.queue_events().front(), "bridge-agent-fail ann ALLOTTED_TIMEOUT");
}

TEST_P(CallFlow, OriginateTimeoutIsNoAnswer) {
  Configuration configuration = with_agents({"ann"});
  configuration.call_center.agents[0].contact = "{originate_timeout=4}sofia/internal/a@127.0.0.1";
  Rehearsal stage(configuration, GetParam());
  stage.call("q-support");
  stage.forget();

  stage.wait(seconds(4));

  EXPECT_EQ(stage.queue_events().front(), "bridge-agent-fail ann NO_ANSWER");
}

TEST_P(CallFlow, NextCallerGetsTheAgentAtOnce) {
  Rehearsal stage(with_agents({"ann"}), GetParam());
  const Pair pair = talk(stage, "q-support");
  stage.call("q-support", "6002", "Second");
  stage.forget();

  stage.hang_up(pair.caller);

  ASSERT_THAT(stage.all<call::InviteLeg>(), SizeIs(1));
  EXPECT_EQ(stage.last<call::InviteLeg>()->from_user, "6002");
}

TEST_P(CallFlow, ExitKeyLeavesTheQueueAndTheDialplanGoesOn) {
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

TEST_P(CallFlow, UnknownQueueLeavesTheCallUnanswered) {
  Rehearsal stage(with_agents({}), GetParam());

  stage.call("q-nowhere");

  EXPECT_THAT(stage.all<call::AnswerLeg>(), IsEmpty());
  EXPECT_EQ(stage.last<call::HangUpLeg>()->final_status, 480);
  EXPECT_EQ(variable(stage.hangup_of("inbound"), "cc_side"), "");
}

TEST_P(CallFlow, SecondQueueIsEnteredAfterTheFirstIsFinished) {
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

TEST_P(CallFlow, NoExtensionIsRefusedWith404) {
  Rehearsal stage(with_agents({}), GetParam());

  stage.call("unheard-of");

  EXPECT_EQ(stage.last<call::HangUpLeg>()->final_status, 404);
  EXPECT_EQ(stage.last<call::HangUpLeg>()->reason, "Q.850;cause=3;text=\"NO_ROUTE_DESTINATION\"");
}

TEST_P(CallFlow, HangupApplicationRefusesWithItsCause) {
  Rehearsal stage(with_agents({}), GetParam());

  stage.call("refused");

  EXPECT_EQ(stage.last<call::HangUpLeg>()->final_status, 486);
}

TEST_P(CallFlow, SleepEndsAtItsInstant) {
  Rehearsal stage(with_agents({}), GetParam());
  stage.call("sleepy");

  stage.wait(milliseconds(2'999));
  EXPECT_THAT(stage.all<call::HangUpLeg>(), IsEmpty());
  stage.wait(milliseconds(1));

  EXPECT_THAT(stage.all<call::HangUpLeg>(), SizeIs(1));
}

TEST_P(CallFlow, TransferLoopEndsTheCall) {
  Rehearsal stage(with_agents({}), GetParam());

  stage.call("loop");

  EXPECT_EQ(stage.hangup_of("inbound")->get("Hangup-Cause"), "EXCHANGE_ROUTING_ERROR");
}

TEST_P(CallFlow, UnknownApplicationIsNamedAndSkipped) {
  Rehearsal stage(with_agents({}), GetParam());

  stage.call("odd");

  ASSERT_THAT(stage.all<LogLine>(), SizeIs(1));
  EXPECT_THAT(stage.all<LogLine>()[0].text, ::testing::HasSubstr("juggle"));
  EXPECT_THAT(stage.all<call::AnswerLeg>(), SizeIs(1));
}

TEST_P(CallFlow, ExportedVariablesAndPrefixReachTheAgent) {
  Rehearsal stage(with_agents({"ann"}), GetParam());

  const base::LegId caller = stage.call("export");
  EXPECT_EQ(stage.last<call::InviteLeg>()->from_display, "SALES Ann Caller");
  stage.hang_up(caller);

  const auto agent = stage.hangup_of("outbound");
  EXPECT_EQ(variable(agent, "kit_one"), "first value");
  EXPECT_EQ(variable(agent, "kit_two"), "2");
  EXPECT_EQ(variable(agent, "kit_missing"), "");
}

TEST_P(CallFlow, CommandInADialplanRingsTheWaitingCaller) {
  Rehearsal stage(with_agents({"ann"}), GetParam());
  stage.api("callcenter_config agent set status ann 'Logged Out'");
  stage.call("q-support");
  stage.forget();

  stage.call("login-ann", "1000", "Ann");

  EXPECT_THAT(stage.all<call::InviteLeg>(), SizeIs(1));
  EXPECT_THAT(stage.all<call::AnswerLeg>(), SizeIs(1));
}

TEST_P(CallFlow, HoldPlaysTheHoldersMusicToTheOther) {
  Rehearsal stage(with_agents({"ann"}), GetParam());
  const Pair pair = talk(stage, "q-support");
  call::MediaDescription held;
  held.address = "127.0.0.1";
  held.port = 4002;
  held.codecs = {call::Codec{0, "PCMU", 8000, {}}};
  held.direction = call::MediaDirection::SendOnly;

  stage.feed(call::LegReinvited{pair.agent, held});
  EXPECT_EQ(stage.hears(pair.caller), "tone_stream://%(1000,0,450)");
  EXPECT_EQ(stage.last<call::AnswerReinvite>()->answer.direction,
            call::MediaDirection::ReceiveOnly);
  held.direction = call::MediaDirection::SendReceive;
  stage.feed(call::LegReinvited{pair.agent, held});

  EXPECT_EQ(stage.hears(pair.caller), "leg " + std::to_string(pair.agent.value));
  EXPECT_GT(stage.all<call::AnswerReinvite>()[1].answer.session_version,
            stage.all<call::AnswerReinvite>()[0].answer.session_version);
}

TEST_P(CallFlow, CodecNobodySpeaksIsRefusedWith488) {
  Rehearsal stage(with_agents({}), GetParam());
  call::LegInvited invited;
  invited.leg = base::LegId{77};
  invited.profile = "internal";
  invited.request_user = "q-support";
  invited.from_user = "6001";
  invited.offer = call::MediaDescription{};
  invited.offer->address = "127.0.0.1";
  invited.offer->port = 4000;
  invited.offer->codecs = {call::Codec{18, "G729", 8000, {}}};

  stage.feed(invited);

  EXPECT_EQ(stage.last<call::HangUpLeg>()->final_status, 488);
  EXPECT_EQ(stage.core().next_inbound_leg(), base::LegId{79});
}

call::LegInvited invited_without_sdp() {
  call::LegInvited invited;
  invited.leg = base::LegId{77};
  invited.profile = "internal";
  invited.request_user = "q-support";
  invited.from_user = "6001";
  return invited;
}

TEST_P(CallFlow, InviteWithoutSdpIsOfferedToAndAnsweredByTheAck) {
  Rehearsal stage(with_agents({}), GetParam());
  stage.set_stagehands(Stagehands::Idle);
  stage.feed(invited_without_sdp());
  stage.feed(call::MediaOpened{base::LegId{77}, 20'000});
  const auto answer = stage.last<call::AnswerLeg>();
  ASSERT_TRUE(answer.has_value());
  EXPECT_THAT(answer->answer.codecs, SizeIs(3));
  EXPECT_TRUE(stage.all<call::ConnectMedia>().empty());

  call::MediaDescription theirs;
  theirs.address = "192.0.2.9";
  theirs.port = 4000;
  theirs.packet_ms = 30;
  theirs.codecs = {call::Codec{8, "PCMA", 8000, {}}};
  stage.feed(call::LegConfirmed{base::LegId{77}, theirs});

  const auto connect = stage.last<call::ConnectMedia>();
  ASSERT_TRUE(connect.has_value());
  EXPECT_EQ(connect->address, "192.0.2.9");
  EXPECT_EQ(connect->codec.name, "PCMA");
  EXPECT_EQ(connect->packet_ms, 30);
}

TEST_P(CallFlow, AckWithoutTheAnswerItOwesEndsTheCall) {
  Rehearsal stage(with_agents({}), GetParam());

  // The ACK that follows the 200 by itself has no SDP.
  stage.feed(invited_without_sdp());

  EXPECT_THAT(stage.all<call::HangUpLeg>(), SizeIs(1));
  EXPECT_EQ(stage.hangup_of("inbound")->get("variable_hangup_cause"), "INCOMPATIBLE_DESTINATION");
}

TEST_P(CallFlow, ReinviteWithoutSdpChangesNothingBeforeItsAnswer) {
  Rehearsal stage(with_agents({"ann"}), GetParam());
  const Pair pair = talk(stage, "q-support");
  stage.forget();

  stage.feed(call::LegReinvited{pair.caller, std::nullopt});
  ASSERT_TRUE(stage.last<call::AnswerReinvite>().has_value());
  EXPECT_TRUE(stage.all<call::ConnectMedia>().empty());
  call::MediaDescription moved;
  moved.address = "192.0.2.9";
  moved.port = 4000;
  moved.codecs = {call::Codec{8, "PCMA", 8000, {}}};
  stage.feed(call::LegConfirmed{pair.caller, moved});

  EXPECT_EQ(stage.last<call::ConnectMedia>()->codec.name, "PCMA");
  EXPECT_TRUE(stage.all<call::HangUpLeg>().empty());
}

TEST_P(CallFlow, EventNumbersHaveNoGap) {
  Rehearsal stage(with_agents({"ann"}), GetParam());
  const Pair pair = talk(stage, "q-support");
  stage.hang_up(pair.caller);

  const auto events = stage.all<Publish>();
  for (std::size_t i = 1; i < events.size(); ++i) {
    EXPECT_EQ(events[i].event.sequence, events[i - 1].event.sequence + 1);
  }
}

TEST_P(CallFlow, UnloadedQueueReleasesTheCallerIntoTheDialplan) {
  Rehearsal stage(with_agents({}), GetParam());
  const base::LegId caller = stage.call("after-support");

  stage.api("callcenter_config queue unload support@default");

  EXPECT_EQ(stage.hears(caller), "tone_stream://%(1500,0,1200)");
  stage.sound_ends(caller);
  EXPECT_EQ(variable(stage.hangup_of("inbound"), "kit_after"), "cancel/BREAK_OUT//");
}

TEST_P(CallFlow, BackgroundJobIsAnEventWithItsReply) {
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
