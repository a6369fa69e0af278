// Recordings of real legs.
#include <gtest/gtest.h>

#include "media/testing/plane_test.h"
#include "media/testing/recorded_file.h"

namespace media {
namespace {

using call::RecordingEnded;
using call::StartRecording;
using testing::Phone;

class PlaneRecordings : public testing::PlaneTest {
 protected:
  std::string record(std::uint64_t leg, StartRecording::Channels channels) {
    StartRecording order;
    order.leg = {leg};
    order.recording = {7};
    order.path = scratch_ / "deep/x.wav";
    order.channels = channels;
    post(order);
    return order.path;
  }
  // The loudest tone of a channel, in any tenth of a second of it.
  static bool holds_tone(const std::vector<std::int16_t>& sound, double frequency) {
    constexpr std::size_t kTenth = 800;
    for (std::size_t at = 0; at + kTenth <= sound.size(); at += kTenth) {
      if (testing::tone_share(std::span(sound).subspan(at, kTenth), frequency) > 0.9) return true;
    }
    return false;
  }
};

TEST_F(PlaneRecordings, HoldWhatBothPartiesOfABridgeSay) {
  Phone caller;
  Phone agent;
  // Its music is the clock of those who speak.
  Phone listener;
  start();
  const auto caller_port = open_and_connect(1, caller);
  const auto agent_port = open_and_connect(2, agent);
  open_and_connect(3, listener);
  play(3, testing::kMusic);
  bridge(1, 2);
  const auto path = record(1, StartRecording::Channels::Stereo);
  settle(1);

  for (int n = 0; n < 40; ++n) {
    listener.hear();
    caller.say(1000, caller_port);
    agent.say(1400, agent_port);
  }
  await_all_heard(agent, agent_port);
  post(call::StopRecording{.leg = {1}, .recording = {7}});

  const auto ended = wait_for<RecordingEnded>();
  EXPECT_EQ(ended.how, RecordingEnded::How::Stopped);
  EXPECT_EQ(ended.recording.value, 7u);
  const auto recorded = testing::read_recorded(path);
  EXPECT_EQ(recorded.channels, 2);
  EXPECT_EQ(recorded.milliseconds(), ended.milliseconds);
  EXPECT_TRUE(holds_tone(recorded.channel(0), 1000));
  EXPECT_TRUE(holds_tone(recorded.channel(1), 1400));
}

TEST_F(PlaneRecordings, HoldTheMusicAndEndWithTheLeg) {
  Phone caller;
  start();
  open_and_connect(1, caller);
  const auto path = record(1, StartRecording::Channels::Mixed);
  play(1, testing::kMusic);
  caller.hear(40);

  post(call::CloseMedia{.leg = {1}});

  EXPECT_EQ(wait_for<RecordingEnded>().how, RecordingEnded::How::Stopped);
  EXPECT_TRUE(holds_tone(testing::read_recorded(path).samples, 450));
}

TEST_F(PlaneRecordings, OfALegThatIsNotThereFail) {
  start();
  record(5, StartRecording::Channels::Mixed);

  const auto ended = wait_for<RecordingEnded>();
  EXPECT_EQ(ended.how, RecordingEnded::How::Failed);
  EXPECT_NE(ended.why.find("no media"), std::string::npos);
}

TEST_F(PlaneRecordings, AreCompleteWhenThePlaneStops) {
  Phone caller;
  start();
  open_and_connect(1, caller);
  const auto path = record(1, StartRecording::Channels::Mixed);
  play(1, testing::kMusic);
  caller.hear(40);

  stop();

  EXPECT_TRUE(holds_tone(testing::read_recorded(path).samples, 450));
}

}  // namespace
}  // namespace media
