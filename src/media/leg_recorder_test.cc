// Recordings of a leg, from packets to files.
#include "media/leg_recorder.h"

#include <gtest/gtest.h>

#include <chrono>
#include <random>

#include "base/inbox.h"
#include "media/testing/goertzel.h"
#include "media/testing/recorded_file.h"
#include "media/testing/scratch_dir.h"

namespace media {
namespace {

using call::RecordingEnded;
using call::StartRecording;
using std::chrono::milliseconds;
using testing::tone_share;

constexpr double kSaid = 1000;
constexpr double kHeard = 1400;

class LegRecorderTest : public ::testing::Test {
 protected:
  StartRecording order(const std::string& name) {
    StartRecording made;
    made.leg = {1};
    made.recording = {++recordings_};
    made.path = scratch_ / name;
    return made;
  }
  // Both sides are heard for so long, in packets of 20 ms of which so many in a hundred get lost.
  void talk(milliseconds length, unsigned lost_percent = 0) {
    for (const TimePoint end = now_ + length; now_ < end; now_ += kFrameLength) {
      send(kSaid, said_, lost_percent);
      send(kHeard, heard_, lost_percent);
      recorder_.advance(now_);
    }
  }
  void be_silent(milliseconds length) {
    now_ += length;
    recorder_.advance(now_);
    for (RtpHeader* header : {&said_, &heard_}) {
      header->timestamp += static_cast<std::uint32_t>(length.count() * kSamplesPerMs);
    }
  }
  RecordingEnded next_end() {
    const auto ends = ended_.take(Clock::now() + std::chrono::seconds(30));
    EXPECT_EQ(ends.size(), 1u);
    return ends.empty() ? RecordingEnded{} : ends.front();
  }
  testing::RecordedFile file(const std::string& name) const {
    return testing::read_recorded(scratch_ / name);
  }

  const testing::ScratchDir scratch_;
  base::Inbox<RecordingEnded> ended_{100};
  RecordingWriter writer_{[this](RecordingEnded ended) { ended_.put(std::move(ended)); }};
  TimePoint now_{std::chrono::hours(1)};
  LegRecorder recorder_{writer_, now_};

 private:
  void send(double tone, RtpHeader& header, unsigned lost_percent) {
    ++header.sequence;
    header.timestamp += kFrameSamples;
    if (random_() % 100 < lost_percent) return;
    std::vector<std::uint8_t> payload;
    for (const std::int16_t sample : testing::sine(tone, kFrameSamples)) {
      payload.push_back(ulaw_of(sample));
    }
    const LegRecorder::Packet packet{header, AudioCodec::Pcmu, payload};
    if (&header == &said_) return recorder_.said(packet, now_);
    recorder_.heard(packet, now_);
  }

  std::uint64_t recordings_ = 0;
  RtpHeader said_{.ssrc = 1};
  RtpHeader heard_{.ssrc = 2};
  std::minstd_rand random_{3};
};

TEST_F(LegRecorderTest, HoldsBothSidesInOneChannel) {
  const auto x = order("x.wav");
  writer_.open(x);
  recorder_.begin(x, now_);
  talk(milliseconds(2000));
  recorder_.end_all(now_);

  const auto ended = next_end();
  EXPECT_EQ(ended.how, RecordingEnded::How::Stopped);
  EXPECT_EQ(ended.leg.value, 1u);
  EXPECT_EQ(ended.milliseconds, 2000);
  const auto recorded = file("x.wav");
  EXPECT_EQ(recorded.milliseconds(), 2000);
  EXPECT_NEAR(tone_share(recorded.samples, kSaid), 0.5, 0.05);
  EXPECT_NEAR(tone_share(recorded.samples, kHeard), 0.5, 0.05);
}

TEST_F(LegRecorderTest, KeepsTheSidesApartInStereo) {
  auto x = order("x.wav");
  x.channels = StartRecording::Channels::Stereo;
  auto y = order("y.wav");
  y.channels = StartRecording::Channels::SwappedStereo;
  for (const auto& one : {x, y}) {
    writer_.open(one);
    recorder_.begin(one, now_);
  }
  talk(milliseconds(1000));
  recorder_.end(x.recording, now_);
  talk(milliseconds(1000));
  EXPECT_EQ(next_end().recording, x.recording);
  recorder_.end_all(now_);
  next_end();

  EXPECT_EQ(file("x.wav").milliseconds(), 1000);
  EXPECT_EQ(file("y.wav").milliseconds(), 2000);
  EXPECT_GT(tone_share(file("x.wav").channel(0), kSaid), 0.95);
  EXPECT_GT(tone_share(file("x.wav").channel(1), kHeard), 0.95);
  EXPECT_GT(tone_share(file("y.wav").channel(0), kHeard), 0.95);
  EXPECT_GT(tone_share(file("y.wav").channel(1), kSaid), 0.95);
}

TEST_F(LegRecorderTest, IsOfOneSideWhenThatIsWanted) {
  auto x = order("x.wav");
  x.sides = StartRecording::Sides::Said;
  auto y = order("y.wav");
  y.sides = StartRecording::Sides::Heard;
  for (const auto& one : {x, y}) {
    writer_.open(one);
    recorder_.begin(one, now_);
  }
  talk(milliseconds(500));
  recorder_.end_all(now_);
  while (ended_.size() < 2) std::this_thread::yield();

  EXPECT_GT(tone_share(file("x.wav").samples, kSaid), 0.95);
  EXPECT_GT(tone_share(file("y.wav").samples, kHeard), 0.95);
}

TEST_F(LegRecorderTest, LastsAsLongAsTheCallWhateverIsLost) {
  const auto x = order("x.wav");
  writer_.open(x);
  recorder_.begin(x, now_);
  be_silent(milliseconds(730));
  talk(milliseconds(5000), 5);
  be_silent(milliseconds(3000));
  talk(milliseconds(1000), 5);
  now_ += milliseconds(7);
  recorder_.end(x.recording, now_);
  be_silent(milliseconds(500));

  EXPECT_NEAR(static_cast<double>(next_end().milliseconds), 9737, 1);
  EXPECT_NEAR(static_cast<double>(file("x.wav").milliseconds()), 9737, 1);
  EXPECT_TRUE(recorder_.is_idle());
}

TEST_F(LegRecorderTest, EndsAtItsLimit) {
  auto x = order("x.wav");
  x.milliseconds_max = 1500;
  writer_.open(x);
  recorder_.begin(x, now_);
  talk(milliseconds(3000));

  EXPECT_EQ(next_end().how, RecordingEnded::How::ReachedLimit);
  EXPECT_EQ(file("x.wav").milliseconds(), 1500);
  EXPECT_TRUE(recorder_.is_idle());
}

TEST_F(LegRecorderTest, IsNotKeptWhenItIsTooShort) {
  auto x = order("x.wav");
  x.milliseconds_min = 3000;
  writer_.open(x);
  recorder_.begin(x, now_);
  talk(milliseconds(2000));
  recorder_.end_all(now_);

  EXPECT_EQ(next_end().how, RecordingEnded::How::TooShort);
  EXPECT_FALSE(std::filesystem::exists(scratch_ / "x.wav"));
}

TEST_F(LegRecorderTest, IsSilentWhileItIsMasked) {
  const auto x = order("x.wav");
  writer_.open(x);
  recorder_.begin(x, now_);
  talk(milliseconds(1000));
  recorder_.mask({.leg = {1}, .recording = x.recording, .is_masked = true}, now_);
  talk(milliseconds(1000));
  recorder_.mask({.leg = {1}, .recording = x.recording, .is_masked = false}, now_);
  talk(milliseconds(1000));
  recorder_.end_all(now_);
  next_end();

  const auto recorded = file("x.wav");
  const std::span sound(recorded.samples);
  ASSERT_EQ(sound.size(), 3u * kSampleRate);
  EXPECT_GT(testing::loudness(sound.first(kSampleRate)), 3000);
  EXPECT_EQ(testing::loudness(sound.subspan(kSampleRate, kSampleRate)), 0);
  EXPECT_GT(testing::loudness(sound.last(kSampleRate)), 3000);
}

TEST_F(LegRecorderTest, TellsAFileThatCannotBeMadeAndGoesOnWithOthers) {
  const auto bad = order("x.wav/");
  auto good = order("good.wav");
  for (const auto& one : {bad, good}) {
    writer_.open(one);
    recorder_.begin(one, now_);
  }
  talk(milliseconds(500));
  const auto ended = next_end();
  EXPECT_EQ(ended.recording, bad.recording);
  EXPECT_EQ(ended.how, RecordingEnded::How::Failed);
  EXPECT_FALSE(ended.why.empty());
  recorder_.forget(ended.recording);
  talk(milliseconds(500));
  recorder_.end_all(now_);

  EXPECT_EQ(next_end().recording, good.recording);
  EXPECT_EQ(file("good.wav").milliseconds(), 1000);
}

TEST_F(LegRecorderTest, EndsWhenTheLegHasBeenSilentForSoLong) {
  auto x = order("x.wav");
  x.sides = StartRecording::Sides::Said;
  x.silence_threshold = 200;
  x.milliseconds_of_silence = 1000;
  writer_.open(x);
  recorder_.begin(x, now_);
  talk(milliseconds(1000));
  be_silent(milliseconds(600));
  talk(milliseconds(1000));
  be_silent(milliseconds(1500));

  const auto ended = next_end();
  EXPECT_EQ(ended.how, RecordingEnded::How::Silent);
  // Behind the last sound comes what conceals a loss, which is soft at its end only.
  EXPECT_NEAR(static_cast<double>(ended.milliseconds), 3600, 100);
  EXPECT_TRUE(recorder_.is_idle());
}

TEST_F(LegRecorderTest, KeepsItsLengthWhenTheWriterDoesNotTakeAll) {
  // More waits than may; what comes on top is silence.
  RecordingWriter::Sound much{{99}, 0, {}};
  much.samples.resize(RecordingWriter::kWaitingBytesMax / sizeof(std::int16_t) + 1);
  EXPECT_FALSE(writer_.write(std::move(much)));
  writer_.close({99}, RecordingEnded::How::Stopped, 0);

  const auto x = order("x.wav");
  writer_.open(x);
  EXPECT_TRUE(writer_.write({x.recording, 8000, testing::sine(kSaid, 800)}));
  writer_.close(x.recording, RecordingEnded::How::Stopped, 1600);

  EXPECT_EQ(next_end().milliseconds, 1300);
  EXPECT_EQ(file("x.wav").milliseconds(), 1300);
}

TEST_F(LegRecorderTest, IsCompleteWhenTheWriterIsGone) {
  const auto x = order("x.wav");
  {
    RecordingWriter writer([](const RecordingEnded&) {});
    LegRecorder recorder(writer, now_);
    writer.open(x);
    recorder.begin(x, now_);
    recorder.end_all(now_ + milliseconds(400));
  }
  EXPECT_EQ(file("x.wav").milliseconds(), 400);
}

}  // namespace
}  // namespace media
