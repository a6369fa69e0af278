// What an agent hears between its answer and the conversation, and what becomes of the other when
// one of the two goes meanwhile (spec/04 §7.5, §9). Each flow also with the core saved and restored
// before every input.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/call_flow_testing.h"

namespace core {
namespace {

using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class AgentAnnouncement : public CallFlow {
 protected:
  AgentAnnouncement() : stage_(configuration(), GetParam()) {}

  static Configuration configuration() {
    Configuration made = with_agents({"ann"});
    add_extension(made, "^told$",
                  {{"set", "cc_outbound_announce=queue.wav"}, {"callcenter", "support@default"}});
    add_extension(made, "^twice$",
                  {{"set", "cc_outbound_announce=ARRAY::one.wav::two.wav"},
                   {"callcenter", "support@default"}});
    add_extension(made, "^sorry$",
                  {{"set", "cc_outbound_announce=queue.wav"},
                   {"set", "cc_bridge_failed_outbound_announce=gone.wav"},
                   {"callcenter", "support@default"}});
    return made;
  }
  void answered(std::string_view number) {
    caller_ = stage_.call(number);
    agent_ = stage_.last<call::InviteLeg>()->leg;
    stage_.answer(agent_);
  }
  static std::string leg(base::LegId id) { return "leg " + std::to_string(id.value); }

  Rehearsal stage_;
  base::LegId caller_;
  base::LegId agent_;
};

INSTANTIATE_TEST_SUITE_P(, AgentAnnouncement, both_persistences(), name_of_persistence);

TEST_P(AgentAnnouncement, IsHeardBeforeTheBridgeWhileTheCallerHearsMusic) {
  answered("told");

  EXPECT_EQ(stage_.hears(agent_), "queue.wav");
  EXPECT_EQ(stage_.hears(caller_), kMusic);
  EXPECT_EQ(stage_.queue_events().back(), "bridge-agent-start ann");
  stage_.sound_ends(agent_);

  EXPECT_EQ(stage_.hears(agent_), leg(caller_));
  EXPECT_EQ(stage_.hears(caller_), leg(agent_));
}

TEST_P(AgentAnnouncement, OfSeveralSoundsIsHeardInOrder) {
  answered("twice");
  EXPECT_EQ(stage_.hears(agent_), "one.wav");
  stage_.sound_ends(agent_);
  EXPECT_EQ(stage_.hears(agent_), "two.wav");
  stage_.sound_ends(agent_);

  EXPECT_EQ(stage_.hears(agent_), leg(caller_));
}

TEST_P(AgentAnnouncement, ThatCannotBePlayedIsSkipped) {
  answered("twice");

  const auto sound = *stage_.last<call::PlaySound>();
  stage_.feed(call::PlaybackEnded{agent_, sound.playback, call::PlaybackEnded::How::Unplayable,
                                  "no such file"});

  EXPECT_EQ(stage_.hears(agent_), "two.wav");
  EXPECT_THAT(stage_.all<LogLine>(), SizeIs(1));
}

TEST_P(AgentAnnouncement, WithoutAnEndIsCutOff) {
  answered("told");

  stage_.wait(seconds(300));

  EXPECT_EQ(stage_.hears(agent_), leg(caller_));
}

TEST_P(AgentAnnouncement, AgentLostDuringItLeavesTheCallerWithItsPlace) {
  answered("told");
  stage_.forget();

  stage_.hang_up(agent_);

  EXPECT_THAT(stage_.queue_events(),
              ElementsAre("bridge-agent-end ann SUCCESS", "agent-state-change ann Waiting"));
  EXPECT_EQ(stage_.hears(caller_), kMusic);
  EXPECT_EQ(stage_.core().floor(stage_.now()).waiting, 1u);
  stage_.wait(seconds(1));
  EXPECT_THAT(stage_.all<call::InviteLeg>(), SizeIs(1));
}

TEST_P(AgentAnnouncement, CallerGoneDuringItEndsTheAgentsLeg) {
  answered("told");
  stage_.forget();

  stage_.hang_up(caller_);

  EXPECT_THAT(stage_.queue_events(),
              ElementsAre("member-queue-end Cancel BREAK_OUT", "members-count 0",
                          "bridge-agent-end ann SUCCESS", "agent-state-change ann Waiting"));
  ASSERT_THAT(stage_.all<call::HangUpLeg>(), SizeIs(1));
  EXPECT_EQ(stage_.last<call::HangUpLeg>()->reason, "SIP;cause=487;text=\"ORIGINATOR_CANCEL\"");
  EXPECT_EQ(variable(stage_.hangup_of("outbound"), "cc_agent_bridged"), "false");
  EXPECT_EQ(variable(stage_.hangup_of("inbound"), "cc_agent_bridged"), "false");
}

TEST_P(AgentAnnouncement, CallerGoneDuringItIsToldToTheAgentWhoIsNotFreeBefore) {
  answered("sorry");
  stage_.forget();

  stage_.hang_up(caller_);
  EXPECT_EQ(stage_.hears(agent_), "gone.wav");
  EXPECT_EQ(stage_.api("callcenter_config agent get state ann"), "Receiving");
  stage_.call("q-support", "6002");
  EXPECT_THAT(stage_.all<call::InviteLeg>(), IsEmpty());
  stage_.sound_ends(agent_);

  ASSERT_THAT(stage_.all<call::HangUpLeg>(), SizeIs(1));
  EXPECT_EQ(stage_.last<call::HangUpLeg>()->leg, agent_);
  EXPECT_THAT(stage_.all<call::InviteLeg>(), SizeIs(1));
}

TEST_P(AgentAnnouncement, AgentWhoHangsUpWhileItIsToldIsFree) {
  answered("sorry");
  stage_.hang_up(caller_);
  stage_.forget();

  stage_.hang_up(agent_);

  EXPECT_THAT(stage_.queue_events(),
              ElementsAre("bridge-agent-end ann SUCCESS", "agent-state-change ann Waiting"));
  EXPECT_EQ(stage_.core().floor(stage_.now()).legs, 0u);
}

TEST_P(AgentAnnouncement, CallerTransferredDuringItIsGoneForTheAgent) {
  answered("told");
  const std::string uuid(stage_.all<Publish>().front().event.get("Unique-ID"));

  stage_.api("uuid_transfer " + uuid + " sleepy XML default");

  EXPECT_EQ(stage_.last<call::HangUpLeg>()->leg, agent_);
  EXPECT_EQ(stage_.core().floor(stage_.now()).legs, 1u);
}

TEST_P(AgentAnnouncement, AgentKilledByACommandDuringItIsAsLost) {
  answered("told");
  const std::string uuid(stage_.all<Publish>().back().event.get("Unique-ID"));
  ASSERT_NE(uuid, "");

  stage_.api("uuid_kill " + uuid);

  EXPECT_EQ(stage_.hears(caller_), kMusic);
  EXPECT_EQ(stage_.core().floor(stage_.now()).waiting, 1u);
}

TEST_P(AgentAnnouncement, GoesOnAfterARestart) {
  answered("told");

  stage_.restart();
  EXPECT_EQ(stage_.hears(agent_), "queue.wav");
  stage_.sound_ends(agent_);

  EXPECT_EQ(stage_.hears(agent_), leg(caller_));
}

TEST_P(AgentAnnouncement, ExitKeyDuringItTakesTheCallerOut) {
  Configuration configuration = AgentAnnouncement::configuration();
  add_extension(configuration, "^keys$",
                {{"set", "cc_exit_keys=5"},
                 {"set", "cc_outbound_announce=queue.wav"},
                 {"callcenter", "support@default"},
                 {"playback", "bye.wav"}});
  Rehearsal stage(configuration, GetParam());
  const base::LegId caller = stage.call("keys");
  const base::LegId agent = stage.last<call::InviteLeg>()->leg;
  stage.answer(agent);

  stage.press(caller, "5");

  EXPECT_EQ(stage.hears(caller), "bye.wav");
  EXPECT_EQ(stage.last<call::HangUpLeg>()->leg, agent);
}

}  // namespace
}  // namespace core
