// Callers who give up and agents who do not answer, each flow also with the core saved and restored
// before every input.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/call_flow_testing.h"

namespace core {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class UnansweredCall : public CallFlow {};

INSTANTIATE_TEST_SUITE_P(, UnansweredCall, both_persistences(), name_of_persistence);

TEST_P(UnansweredCall, AbandonedCallHasItsVariablesAndEvents) {
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

TEST_P(UnansweredCall, QueueIsLeftBeforeTheChannelIsComplete) {
  Rehearsal stage(with_agents({}), GetParam());

  const base::LegId caller = stage.call("q-support");
  stage.forget();
  stage.hang_up(caller);

  EXPECT_THAT(stage.events(),
              ElementsAre("member-queue-end Cancel BREAK_OUT", "members-count 0", "PRESENCE_IN",
                          "CHANNEL_HANGUP", "CHANNEL_HANGUP_COMPLETE"));
}

TEST_P(UnansweredCall, AbandonWhileRingingCancelsTheAgent) {
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

TEST_P(UnansweredCall, AbandonBeforeTheInviteSendsNone) {
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

TEST_P(UnansweredCall, AnswerAfterTheCancelBridgesNobody) {
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

TEST_P(UnansweredCall, BusyAgentFailsAndTheCallerKeepsItsMusic) {
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

TEST_P(UnansweredCall, SilentPhoneIsCancelledAfterItsLegTimeout) {
  Rehearsal stage(with_agents({"ann"}), GetParam());
  stage.call("q-support");
  stage.forget();

  stage.wait(milliseconds(10'999));
  EXPECT_THAT(stage.all<call::HangUpLeg>(), IsEmpty());
  stage.wait(milliseconds(1));

  EXPECT_EQ(stage.all<call::HangUpLeg>().front().reason, "SIP;cause=802;text=\"ALLOTTED_TIMEOUT\"");
  EXPECT_EQ(stage.queue_events().front(), "bridge-agent-fail ann ALLOTTED_TIMEOUT");
}

TEST_P(UnansweredCall, OriginateTimeoutIsNoAnswer) {
  Configuration configuration = with_agents({"ann"});
  configuration.call_center.agents[0].contact = "{originate_timeout=4}sofia/internal/a@127.0.0.1";
  Rehearsal stage(configuration, GetParam());
  stage.call("q-support");
  stage.forget();

  stage.wait(seconds(5));

  EXPECT_EQ(stage.queue_events().front(), "bridge-agent-fail ann NO_ANSWER");
}

}  // namespace
}  // namespace core
