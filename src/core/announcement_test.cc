// The periodic announcement over the music of a queue (spec/03 §9).
#include <gtest/gtest.h>

#include "core/rehearsal.h"

namespace core {
namespace {

using std::chrono::seconds;

class Announcement : public ::testing::Test {
 protected:
  static Configuration configuration() {
    Configuration made = stage_configuration();
    for (queue::QueueSettings& queue : made.call_center.queues) {
      queue.announce_sound = "please-hold.wav";
      queue.announce_frequency_seconds = 20;
    }
    return made;
  }
  void announcement_ends(call::PlaybackEnded::How how) {
    const auto playback = stage_.last<call::PlaySound>()->playback;
    stage_.feed(call::PlaybackEnded{caller_, playback, how, "gone"});
  }

  Rehearsal stage_{configuration()};
  base::LegId caller_ = stage_.call("q-support");
  std::string music_ = stage_.hears(caller_);
};

TEST_F(Announcement, IsHeardInsteadOfTheMusicWhichGoesOnAfterwards) {
  EXPECT_NE(music_, "");

  stage_.wait(seconds(20));
  EXPECT_EQ(stage_.hears(caller_), "please-hold.wav");
  EXPECT_FALSE(stage_.last<call::PlaySound>()->loop);
  announcement_ends(call::PlaybackEnded::How::Finished);

  EXPECT_EQ(stage_.hears(caller_), music_);
  stage_.wait(seconds(20));
  EXPECT_EQ(stage_.hears(caller_), "please-hold.wav");
}

TEST_F(Announcement, ThatCannotBePlayedIsToldOnceAndNotTriedAgain) {
  stage_.wait(seconds(20));
  announcement_ends(call::PlaybackEnded::How::Unplayable);

  EXPECT_EQ(stage_.hears(caller_), music_);
  EXPECT_EQ(stage_.all<LogLine>().size(), 1u);
  stage_.wait(seconds(60));
  EXPECT_EQ(stage_.hears(caller_), music_);
}

TEST_F(Announcement, SurvivesARestart) {
  stage_.wait(seconds(20));
  stage_.restart();

  EXPECT_EQ(stage_.hears(caller_), "please-hold.wav");
  announcement_ends(call::PlaybackEnded::How::Finished);
  EXPECT_EQ(stage_.hears(caller_), music_);
}

TEST_F(Announcement, IsOverWhenTheAgentAnswers) {
  Configuration with_ann = configuration();
  add_stage_agent(with_ann, "ann");
  Rehearsal stage(with_ann);
  const base::LegId caller = stage.call("q-support");
  stage.wait(seconds(20));
  EXPECT_EQ(stage.hears(caller), "please-hold.wav");

  // It has rung in vain before.
  const base::LegId agent = stage.last<call::InviteLeg>()->leg;
  stage.answer(agent);

  EXPECT_EQ(stage.hears(caller), "leg " + std::to_string(agent.value));
  stage.wait(seconds(40));
  EXPECT_EQ(stage.hears(caller), "leg " + std::to_string(agent.value));
}

TEST_F(Announcement, EndsWithTheCaller) {
  stage_.wait(seconds(20));
  stage_.hang_up(caller_);

  EXPECT_EQ(stage_.core().floor(stage_.now()).waiting, 0u);
  EXPECT_EQ(stage_.core().floor(stage_.now()).legs, 0u);
}

TEST_F(Announcement, ExitKeyIsHeardDuringIt) {
  const base::LegId caller = stage_.call("exit-support", "6002");
  stage_.wait(seconds(20));
  EXPECT_EQ(stage_.hears(caller), "please-hold.wav");

  stage_.press(caller, "5");

  EXPECT_EQ(stage_.hears(caller), "tone_stream://%(1500,0,1200)");
}

}  // namespace
}  // namespace core
