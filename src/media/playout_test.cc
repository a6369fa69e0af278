// The jitter buffer, with every codec: what is lost, late, or in another order.
#include "media/playout.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

#include "media/testing/goertzel.h"

namespace media {
namespace {

using Position = Playout::Position;
using Payload = std::vector<std::uint8_t>;

constexpr double kTone = 1000;
constexpr int kPackets = 500;
constexpr auto kFrame = static_cast<Position>(kFrameSamples);
constexpr Position kBehind = 3 * kFrame;

// Ten seconds of a tone, in packets of 20 ms.
std::vector<Payload> packets_of(AudioCodec codec) {
  const auto sound = testing::sine(kTone, kPackets * kFrameSamples);
  const auto encoder = make_encoder(codec);
  std::vector<Payload> packets;
  for (std::size_t at = 0; at < sound.size(); at += kFrameSamples) {
    Frame frame;
    std::copy_n(sound.begin() + static_cast<std::ptrdiff_t>(at), kFrameSamples, frame.begin());
    Payload payload(kPayloadBytesMax);
    payload.resize(encoder->encode(frame, std::span<std::uint8_t, kPayloadBytesMax>(payload)));
    packets.push_back(std::move(payload));
  }
  return packets;
}

class PlayoutOf : public ::testing::TestWithParam<AudioCodec> {
 protected:
  void come(std::size_t number, Position now) {
    const RtpHeader header{
        .sequence = static_cast<std::uint16_t>(65'500 + number),
        .timestamp = static_cast<std::uint32_t>(4'294'960'000U + number * kFrameSamples),
        .ssrc = 7};
    playout_.take({header, GetParam(), packets_.at(number)}, now + kBehind);
  }
  void play() {
    Frame frame;
    playout_.next(frame);
    heard_.insert(heard_.end(), frame.begin(), frame.end());
  }
  // What was heard once the delay and the beginning are over.
  std::span<const std::int16_t> heard() const {
    return std::span(heard_).subspan(15 * kFrameSamples);
  }

  const std::vector<Payload> packets_ = packets_of(GetParam());
  Playout playout_;
  std::vector<std::int16_t> heard_;
};

TEST_P(PlayoutOf, GivesWhatCame) {
  for (std::size_t n = 0; n < kPackets; ++n) {
    come(n, static_cast<Position>(n) * kFrame);
    play();
  }
  EXPECT_GT(testing::tone_share(heard(), kTone), 0.97);
}

TEST_P(PlayoutOf, PutsPacketsIntoTheirOrder) {
  for (std::size_t n = 0; n < kPackets; n += 2) {
    const auto now = static_cast<Position>(n) * kFrame;
    come(n + 1, now);
    come(n, now);
    if (n % 5 == 0) come(n, now);
    play();
    play();
  }
  EXPECT_GT(testing::tone_share(heard(), kTone), 0.97);
}

TEST_P(PlayoutOf, ConcealsFivePercentLossInDisorder) {
  std::mt19937 random(7);
  for (std::size_t n = 0; n < kPackets; n += 2) {
    const auto now = static_cast<Position>(n) * kFrame;
    for (const std::size_t number : {n + 1, n}) {
      if (random() % 20 != 0) come(number, now);
    }
    play();
    play();
  }
  EXPECT_EQ(heard_.size(), kPackets * kFrameSamples);
  constexpr std::size_t kTenth = 5 * kFrameSamples;
  double share = 0;
  int tenths = 0;
  for (std::size_t at = 0; at + kTenth <= heard().size(); at += kTenth) {
    const auto tenth = heard().subspan(at, kTenth);
    share += testing::tone_share(tenth, kTone);
    ++tenths;
    // No gap is heard as one.
    EXPECT_GT(testing::loudness(tenth), 2500) << at;
  }
  EXPECT_GT(share / tenths, 0.8);
}

TEST_P(PlayoutOf, IsSilentAWhileAfterTheLastPacket) {
  for (std::size_t n = 0; n < 50; ++n) {
    come(n, static_cast<Position>(n) * kFrame);
    play();
  }
  for (int n = 0; n < 50; ++n) play();
  EXPECT_LT(testing::loudness(std::span(heard_).last(30 * kFrameSamples)), 20);
}

INSTANTIATE_TEST_SUITE_P(Codecs, PlayoutOf,
                         ::testing::Values(AudioCodec::Pcmu, AudioCodec::Pcma, AudioCodec::G722,
                                           AudioCodec::Opus));

TEST(Playout, GoesOnWhenTheCodecChanges) {
  Playout playout;
  const auto before = packets_of(AudioCodec::Opus);
  const auto after = packets_of(AudioCodec::Pcma);
  std::vector<std::int16_t> heard;
  for (std::size_t n = 0; n < 100; ++n) {
    const bool changed = n >= 50;
    const RtpHeader header{.sequence = static_cast<std::uint16_t>(n),
                           .timestamp = static_cast<std::uint32_t>(n * kFrameSamples),
                           .ssrc = 7};
    const auto now = static_cast<Position>(n) * kFrame + kBehind;
    playout.take(
        {header, changed ? AudioCodec::Pcma : AudioCodec::Opus, changed ? after[n] : before[n]},
        now);
    Frame frame;
    playout.next(frame);
    heard.insert(heard.end(), frame.begin(), frame.end());
  }
  EXPECT_GT(testing::tone_share(std::span(heard).last(40 * kFrameSamples), kTone), 0.97);
}

// Packets of 2.5 to 120 ms, each a little behind the one before: what is decoded for a frame does
// not grow with what comes.
TEST(Playout, AFloodIsNotKept) {
  Playout playout;
  std::mt19937 random(3);
  Position now = kBehind;
  for (std::uint16_t n = 0; n < 5000; ++n) {
    Payload payload(1 + random() % 200);
    for (std::uint8_t& byte : payload) byte = static_cast<std::uint8_t>(random());
    const RtpHeader header{.sequence = n, .timestamp = n, .ssrc = 7};
    playout.take({header, AudioCodec::Opus, payload}, now);
    if (n % 100 != 0) continue;
    Frame frame;
    playout.next(frame);
    now += kFrame;
  }
  EXPECT_EQ(playout.position(), 50 * kFrame);
}

}  // namespace
}  // namespace media
