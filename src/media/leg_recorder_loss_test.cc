// Recordings of what a bad network delivers, in every codec: one packet of twenty never comes, and
// the others come in disorder.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <memory>
#include <random>
#include <span>
#include <vector>

#include "base/inbox.h"
#include "media/audio_codec.h"
#include "media/leg_recorder.h"
#include "media/testing/goertzel.h"
#include "media/testing/recorded_file.h"
#include "media/testing/scratch_dir.h"

namespace media {
namespace {

using std::chrono::milliseconds;

constexpr int kPackets = 500;
constexpr milliseconds kCall = kPackets * kFrameLength;
// Of 8000 at 500 Hz a sample is 3100 from the next.
constexpr int kStepMax = 6000;

// One side: a tone in packets.
class Side {
 public:
  Side(AudioCodec codec, double tone, std::uint32_t ssrc)
      : codec_(codec),
        encoder_(make_encoder(codec)),
        sound_(testing::sine(tone, kPackets * kFrameSamples)),
        header_{.sequence = 65'000, .timestamp = 4'294'900'000U, .ssrc = ssrc} {}

  struct Sent {
    RtpHeader header;
    std::vector<std::uint8_t> payload;
  };
  Sent next() {
    Frame frame;
    std::copy_n(sound_.begin() + static_cast<std::ptrdiff_t>(count_++ * kFrameSamples),
                kFrameSamples, frame.begin());
    std::array<std::uint8_t, kPayloadBytesMax> payload{};
    const std::size_t size = encoder_->encode(frame, payload);
    ++header_.sequence;
    header_.timestamp += kFrameSamples;
    return {header_, {payload.begin(), payload.begin() + static_cast<std::ptrdiff_t>(size)}};
  }
  LegRecorder::Packet packet(const Sent& sent) const { return {sent.header, codec_, sent.payload}; }

 private:
  AudioCodec codec_;
  std::unique_ptr<FrameEncoder> encoder_;
  std::vector<std::int16_t> sound_;
  RtpHeader header_;
  std::size_t count_ = 0;
};

// The share of a tone in the tenths of a second, on the average.
double usual_share(const std::vector<std::int16_t>& sound, double tone) {
  constexpr std::size_t kTenth = 5 * kFrameSamples;
  double sum = 0;
  int count = 0;
  for (std::size_t at = kTenth; at + kTenth <= sound.size(); at += kTenth, ++count) {
    sum += testing::tone_share(std::span(sound).subspan(at, kTenth), tone);
  }
  return sum / count;
}

int steepest(const std::vector<std::int16_t>& sound) {
  int step = 0;
  for (std::size_t n = 1; n < sound.size(); ++n) {
    step = std::max(step, std::abs(sound[n] - sound[n - 1]));
  }
  return step;
}

class LossyRecording : public ::testing::TestWithParam<AudioCodec> {};

TEST_P(LossyRecording, LastsAsLongAsTheCallAndHoldsBothTones) {
  const testing::ScratchDir scratch;
  base::Inbox<call::RecordingEnded> ended(10);
  RecordingWriter writer([&](call::RecordingEnded one) { ended.put(std::move(one)); });
  TimePoint now{std::chrono::hours(1)};
  LegRecorder recorder(writer, now);
  call::StartRecording order;
  order.leg = {1};
  order.recording = {1};
  order.path = scratch / "x.wav";
  order.channels = call::StartRecording::Channels::Stereo;
  writer.open(order);
  recorder.begin(order, now);

  Side caller(GetParam(), 500, 1);
  Side agent(GetParam(), 400, 2);
  std::mt19937 random(3);
  for (int n = 0; n < kPackets; n += 2) {
    now += 2 * kFrameLength;
    // The second of two first.
    const Side::Sent said[] = {caller.next(), caller.next()};
    const Side::Sent heard[] = {agent.next(), agent.next()};
    for (const int which : {1, 0}) {
      if (random() % 20 != 0) recorder.said(caller.packet(said[which]), now);
      if (random() % 20 != 0) recorder.heard(agent.packet(heard[which]), now);
    }
    recorder.advance(now);
  }
  recorder.end_all(now);

  const auto ends = ended.take(Clock::now() + std::chrono::seconds(30));
  ASSERT_EQ(ends.size(), 1u);
  EXPECT_EQ(ends.front().milliseconds, kCall.count());
  const auto file = testing::read_recorded(scratch / "x.wav");
  EXPECT_EQ(file.channels, 2);
  EXPECT_EQ(file.milliseconds(), kCall.count());
  // What makes voices of little makes less of a pure tone.
  const double least = GetParam() == AudioCodec::Opus ? 0.5 : 0.8;
  EXPECT_GT(usual_share(file.channel(0), 500), least);
  EXPECT_GT(usual_share(file.channel(1), 400), least);
  EXPECT_LT(steepest(file.channel(0)), kStepMax);
  EXPECT_LT(steepest(file.channel(1)), kStepMax);
}

INSTANTIATE_TEST_SUITE_P(Codecs, LossyRecording,
                         ::testing::Values(AudioCodec::Pcmu, AudioCodec::Pcma, AudioCodec::G722,
                                           AudioCodec::Opus));

}  // namespace
}  // namespace media
