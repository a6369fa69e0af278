// What crosses on the way: answers, cancellations and hang-ups that meet while an agent is being
// called. Each flow also with the core saved and restored before every input.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/rehearsal.h"

namespace core {
namespace {

using std::chrono::seconds;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class Crossing : public ::testing::TestWithParam<Persistence> {
 protected:
  static Configuration with_agent() {
    Configuration configuration = stage_configuration();
    add_stage_agent(configuration, "ann");
    return configuration;
  }
  // From here on nobody answers for sip and media: the test does.
  void ring(Rehearsal& stage) {
    caller_ = stage.call("q-support");
    agent_ = stage.last<call::InviteLeg>()->leg;
    stage.set_stagehands(Stagehands::Idle);
    stage.forget();
  }

  base::LegId caller_;
  base::LegId agent_;
};

INSTANTIATE_TEST_SUITE_P(, Crossing,
                         ::testing::Values(Persistence::Continuous, Persistence::SavedEachTime),
                         [](const auto& mode) {
                           return mode.param == Persistence::Continuous ? "Continuous"
                                                                        : "SavedEachTime";
                         });

TEST_P(Crossing, AgentWhoAnswersAndIsGoneLeavesTheCallerItsPlace) {
  Rehearsal stage(with_agent(), GetParam());
  ring(stage);

  stage.answer(agent_);
  stage.hang_up(agent_);

  // The bridge stood for this instant, so it was a conversation, and it is over for both.
  EXPECT_THAT(stage.queue_events(), Contains("bridge-agent-end ann SUCCESS"));
  EXPECT_THAT(stage.queue_events(), Contains("agent-state-change ann Waiting"));
  EXPECT_EQ(stage.core().floor(stage.now()).talking, 0u);
}

TEST_P(Crossing, CallerWhoGoesBeforeThePortIsThereIsNotCalledFor) {
  Rehearsal stage(with_agent(), GetParam());
  stage.call("q-nowhere");
  stage.set_stagehands(Stagehands::Idle);
  const base::LegId caller = stage.call("q-support");
  stage.feed(call::MediaOpened{caller, 20'500});
  const base::LegId agent = stage.last<call::OpenMedia>()->leg;
  ASSERT_NE(agent, caller);

  stage.hang_up(caller);
  stage.feed(call::MediaOpened{agent, 20'502});

  EXPECT_THAT(stage.all<call::InviteLeg>(), IsEmpty());
  EXPECT_THAT(stage.queue_events(), Contains("bridge-agent-fail ann ORIGINATOR_CANCEL"));
}

TEST_P(Crossing, AnswerThatCrossesTheCancelChangesNothing) {
  Rehearsal stage(with_agent(), GetParam());
  ring(stage);
  stage.hang_up(caller_);
  ASSERT_THAT(stage.all<call::HangUpLeg>(), SizeIs(1));
  stage.forget();

  stage.answer(agent_);

  EXPECT_THAT(stage.all<call::BridgeMedia>(), IsEmpty());
  EXPECT_THAT(stage.all<call::HangUpLeg>(), IsEmpty());  // sip ends it with ACK and BYE.
  EXPECT_THAT(stage.queue_events(), IsEmpty());
  stage.feed(call::LegGone{agent_});
  EXPECT_EQ(stage.core().floor(stage.now()).waiting, 0u);
}

TEST_P(Crossing, RefusalThatCrossesTheCancelIsNoFailure) {
  Rehearsal stage(with_agent(), GetParam());
  ring(stage);
  stage.hang_up(caller_);
  stage.forget();

  stage.refuse(agent_, 486);

  EXPECT_THAT(stage.queue_events(), Not(Contains("bridge-agent-fail ann USER_BUSY")));
}

TEST_P(Crossing, AnswerAfterTheTimeLimitIsNotBridged) {
  Rehearsal stage(with_agent(), GetParam());
  ring(stage);
  stage.wait(seconds(11));
  ASSERT_THAT(stage.queue_events(), Contains("bridge-agent-fail ann ALLOTTED_TIMEOUT"));
  stage.forget();

  stage.answer(agent_);

  EXPECT_THAT(stage.all<call::BridgeMedia>(), IsEmpty());
  EXPECT_THAT(stage.hears(caller_), HasSubstr("tone_stream"));
}

TEST_P(Crossing, AnswerAndHangUpOfTheCallerMeet) {
  Rehearsal stage(with_agent(), GetParam());
  ring(stage);

  stage.answer(agent_);
  stage.hang_up(caller_);

  ASSERT_THAT(stage.all<call::HangUpLeg>(), SizeIs(1));
  EXPECT_EQ(stage.all<call::HangUpLeg>()[0].leg, agent_);
  EXPECT_EQ(stage.all<call::HangUpLeg>()[0].reason, "Q.850;cause=16;text=\"NORMAL_CLEARING\"");
}

TEST_P(Crossing, CallerWhoGoesDuringAnAnnouncementCancelsTheAgentsPhone) {
  Configuration configuration = with_agent();
  configuration.call_center.queues[0].announce_sound = "one-moment.wav";
  configuration.call_center.queues[0].announce_frequency_seconds = 5;
  Rehearsal stage(configuration, GetParam());
  const base::LegId caller = stage.call("q-support");
  stage.wait(seconds(6));
  ASSERT_EQ(stage.hears(caller), "one-moment.wav");

  stage.hang_up(caller);

  EXPECT_THAT(stage.queue_events(), Contains("bridge-agent-fail ann ORIGINATOR_CANCEL"));
  EXPECT_EQ(stage.core().floor(stage.now()).legs, 0u);
}

TEST_P(Crossing, AnswerDuringAnAnnouncementBridgesAtOnce) {
  Configuration configuration = with_agent();
  configuration.call_center.queues[0].announce_sound = "one-moment.wav";
  configuration.call_center.queues[0].announce_frequency_seconds = 5;
  Rehearsal stage(configuration, GetParam());
  const base::LegId caller = stage.call("q-support");
  const base::LegId agent = stage.last<call::InviteLeg>()->leg;
  stage.wait(seconds(6));

  stage.answer(agent);

  EXPECT_EQ(stage.hears(caller), "leg " + std::to_string(agent.value));
}

TEST_P(Crossing, TwoReportsOfOneEndAreOne) {
  Rehearsal stage(with_agent(), GetParam());
  ring(stage);

  stage.feed(call::LegRefused{agent_, 486, std::nullopt});
  stage.feed(call::LegRefused{agent_, 603, std::nullopt});
  stage.feed(call::LegGone{agent_});

  std::size_t failures = 0;
  for (const std::string& event : stage.queue_events()) {
    failures += event.rfind("bridge-agent-fail", 0) == 0 ? 1 : 0;
  }
  EXPECT_EQ(failures, 1u);
}

TEST_P(Crossing, ReasonOfTheRefusalIsTheCauseThatCounts) {
  Rehearsal stage(with_agent(), GetParam());
  ring(stage);

  stage.feed(call::LegRefused{agent_, 480, 21});

  EXPECT_THAT(stage.queue_events(), Contains("bridge-agent-fail ann CALL_REJECTED"));
}

}  // namespace
}  // namespace core
