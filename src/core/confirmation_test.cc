// Agents who are asked to press a key before they get the call (group_confirm_key).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/rehearsal.h"

namespace core {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr const char* kPrompt = "tone_stream://%(200,0,1300)";
constexpr const char* kAsked =
    "{group_confirm_key=1,group_confirm_file='tone_stream://%(200,0,1300)'}";

class ConfirmedAnswer : public ::testing::TestWithParam<Persistence> {
 protected:
  static Configuration with_contact(std::string contact) {
    Configuration configuration = stage_configuration();
    add_stage_agent(configuration, "ann");
    configuration.call_center.agents[0].contact = std::move(contact);
    return configuration;
  }
  // Caller 6001 waits, and the first phone that rings answers.
  void ring(Rehearsal& stage) {
    caller_ = stage.call("q-support");
    agent_ = stage.all<call::InviteLeg>().front().leg;
    stage.answer(agent_);
  }
  static bool has_failed(const Rehearsal& stage, const std::string& cause) {
    for (const std::string& event : stage.queue_events()) {
      if (event == "bridge-agent-fail ann " + cause) return true;
    }
    return false;
  }

  base::LegId caller_;
  base::LegId agent_;
};

INSTANTIATE_TEST_SUITE_P(, ConfirmedAnswer,
                         ::testing::Values(Persistence::Continuous, Persistence::SavedEachTime),
                         [](const auto& mode) {
                           return mode.param == Persistence::Continuous ? "Continuous"
                                                                        : "SavedEachTime";
                         });

TEST_P(ConfirmedAnswer, KeyGivesTheCall) {
  Rehearsal stage(with_contact(std::string(kAsked) + "sofia/internal/a@127.0.0.1"), GetParam());
  ring(stage);
  ASSERT_EQ(stage.hears(agent_), kPrompt);
  ASSERT_THAT(stage.hears(caller_), HasSubstr("10000"));

  stage.press(agent_, "1");

  EXPECT_EQ(stage.hears(agent_), "leg " + std::to_string(caller_.value));
}

TEST_P(ConfirmedAnswer, PromptBeginsAgainAfterAWrongKeyAndAfterAPause) {
  Rehearsal stage(with_contact(std::string(kAsked) + "sofia/internal/a@127.0.0.1"), GetParam());
  ring(stage);

  stage.press(agent_, "7");
  EXPECT_EQ(stage.hears(agent_), kPrompt);
  stage.sound_ends(agent_);
  EXPECT_EQ(stage.hears(agent_), "");
  stage.wait(seconds(5));

  EXPECT_EQ(stage.hears(agent_), kPrompt);
}

TEST_P(ConfirmedAnswer, KeyCountsAfterThePromptToo) {
  Rehearsal stage(with_contact("{group_confirm_key=42,group_confirm_read_timeout=2000}"
                               "sofia/internal/a@127.0.0.1"),
                  GetParam());
  ring(stage);

  stage.press(agent_, "4");
  stage.wait(milliseconds(1500));
  stage.press(agent_, "2");

  EXPECT_EQ(stage.hears(agent_), "leg " + std::to_string(caller_.value));
}

TEST_P(ConfirmedAnswer, OtherPhonesRingUntilSomebodyConfirms) {
  Rehearsal stage(
      with_contact(std::string(kAsked) + "sofia/internal/a@127.0.0.1,sofia/internal/b@127.0.0.1"),
      GetParam());
  ring(stage);
  const base::LegId other = stage.all<call::InviteLeg>().back().leg;
  ASSERT_THAT(stage.all<call::HangUpLeg>(), IsEmpty());

  stage.answer(other);
  stage.press(other, "1");

  EXPECT_EQ(stage.hears(caller_), "leg " + std::to_string(other.value));
  ASSERT_EQ(stage.all<call::HangUpLeg>().size(), 1u);
  EXPECT_EQ(stage.last<call::HangUpLeg>()->leg, agent_);
  EXPECT_EQ(stage.last<call::HangUpLeg>()->reason, "SIP;cause=702;text=\"LOSE_RACE\"");
}

TEST_P(ConfirmedAnswer, AgentWhoHangsUpInsteadHasNotAnswered) {
  Rehearsal stage(with_contact(std::string(kAsked) + "sofia/internal/a@127.0.0.1"), GetParam());
  ring(stage);

  stage.hang_up(agent_);

  EXPECT_TRUE(has_failed(stage, "NORMAL_CLEARING"));
  EXPECT_THAT(stage.queue_events(), Not(Contains("bridge-agent-start ann")));
}

TEST_P(ConfirmedAnswer, CallerWhoLeavesEndsThePrompt) {
  Rehearsal stage(with_contact(std::string(kAsked) + "sofia/internal/a@127.0.0.1"), GetParam());
  ring(stage);

  stage.hang_up(caller_);

  EXPECT_TRUE(has_failed(stage, "ORIGINATOR_CANCEL"));
  EXPECT_EQ(stage.core().floor(stage.now()).legs, 0u);
}

TEST_P(ConfirmedAnswer, MachineThatAnswersLosesTheOfferWithItsTime) {
  Rehearsal stage(with_contact("{originate_timeout=20,group_confirm_key=1}"
                               "[leg_timeout=5]sofia/internal/a@127.0.0.1"),
                  GetParam());
  ring(stage);

  stage.wait(seconds(19));
  ASSERT_FALSE(has_failed(stage, "NO_ANSWER"));
  stage.wait(seconds(2));

  EXPECT_TRUE(has_failed(stage, "NO_ANSWER"));
}

TEST_P(ConfirmedAnswer, WithoutTheTimeLimitTheRoundsAreCounted) {
  Rehearsal stage(with_contact("{originate_timeout=20,group_confirm_cancel_timeout=true,"
                               "group_confirm_key=1}sofia/internal/a@127.0.0.1"),
                  GetParam());
  ring(stage);

  stage.wait(seconds(49));
  ASSERT_FALSE(has_failed(stage, "NO_ANSWER"));
  stage.wait(seconds(1));

  EXPECT_TRUE(has_failed(stage, "NO_ANSWER"));
}

TEST_P(ConfirmedAnswer, PromptThatCannotBePlayedIsTriedOnce) {
  Rehearsal stage(with_contact(std::string(kAsked) + "sofia/internal/a@127.0.0.1"), GetParam());
  ring(stage);
  const auto prompt = stage.last<call::PlaySound>();

  stage.feed(call::PlaybackEnded{agent_, prompt->playback, call::PlaybackEnded::How::Unplayable,
                                 "no such file"});
  stage.forget();
  stage.wait(seconds(11));
  EXPECT_THAT(stage.all<call::PlaySound>(), IsEmpty());
  stage.press(agent_, "1");

  EXPECT_EQ(stage.last<call::BridgeMedia>()->second, agent_);
}

TEST_P(ConfirmedAnswer, ApplicationInPlaceOfAKeyIsNotServed) {
  Rehearsal stage(with_contact("{group_confirm_key=exec}sofia/internal/a@127.0.0.1"), GetParam());

  ring(stage);

  EXPECT_EQ(stage.hears(agent_), "leg " + std::to_string(caller_.value));
  EXPECT_THAT(stage.all<LogLine>()[0].text, HasSubstr("exec is not served"));
}

TEST_P(ConfirmedAnswer, PromptSurvivesARestart) {
  Rehearsal stage(with_contact(std::string(kAsked) + "sofia/internal/a@127.0.0.1"), GetParam());
  ring(stage);

  stage.restart();
  EXPECT_EQ(stage.hears(agent_), kPrompt);
  stage.press(agent_, "1");

  EXPECT_EQ(stage.hears(agent_), "leg " + std::to_string(caller_.value));
}

}  // namespace
}  // namespace core
