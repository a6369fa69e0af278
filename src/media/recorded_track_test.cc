#include "media/recorded_track.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <random>

#include "media/testing/goertzel.h"

namespace media {
namespace {

using Position = RecordedTrack::Position;

constexpr Position kFrame = kFrameSamples;
constexpr double kTone = 1000;

// A track, and a peer whose packets come to it at times of the test's choice.
class RecordedTrackTest : public ::testing::Test {
 protected:
  RtpHeader header_of(int packet) const {
    return {.sequence = static_cast<std::uint16_t>(65'530 + packet),
            .timestamp = 4'294'967'000U + jump_ + static_cast<std::uint32_t>(packet * kFrame),
            .ssrc = ssrc_};
  }
  // Time goes on to `now`, as a worker's would.
  void advance(Position now) {
    while (track_.position() + RecordedTrack::kWindow + kFrame <= now) {
      Frame frame;
      track_.next(frame);
      out_.insert(out_.end(), frame.begin(), frame.end());
    }
  }
  void come(int packet, Position now) {
    advance(now);
    track_.take(header_of(packet), sound_, now);
  }
  void come_in_time(int packet) { come(packet, packet * kFrame); }
  // Packets `from` to `to`, without the last one.
  void come_all(int from, int to) {
    for (int packet = from; packet < to; ++packet) come_in_time(packet);
  }
  std::span<const std::int16_t> out(int from, int to) {
    advance(to * kFrame + RecordedTrack::kWindow + kFrame);
    return std::span(out_).subspan(static_cast<std::size_t>(from * kFrame),
                                   static_cast<std::size_t>((to - from) * kFrame));
  }
  // The greatest step between two samples that follow each other.
  static int steepest(std::span<const std::int16_t> sound) {
    int step = 0;
    for (std::size_t n = 1; n < sound.size(); ++n) {
      step = std::max(step, std::abs(sound[n] - sound[n - 1]));
    }
    return step;
  }

  // 20 whole periods: packets follow each other without a seam.
  const std::vector<std::int16_t> sound_ = testing::sine(kTone, kFrameSamples);
  std::uint32_t ssrc_ = 7;
  std::uint32_t jump_ = 0;  // Of the timestamps, so far.
  RecordedTrack track_;
  std::vector<std::int16_t> out_;
};

TEST_F(RecordedTrackTest, GivesOutWhatCameAtItsTime) {
  come_all(0, 50);

  const auto sound = out(0, 60);
  EXPECT_GT(testing::tone_share(sound.first(50 * kFrameSamples), kTone), 0.99);
  // 60 ms behind the last packet its fading is over.
  EXPECT_EQ(testing::loudness(sound.subspan(53 * kFrameSamples)), 0);
}

TEST_F(RecordedTrackTest, PutsPacketsIntoTheirOrderAndLeavesOutThoseThatAreTwice) {
  for (int packet = 0; packet < 50; packet += 2) {
    come(packet + 1, packet * kFrame);
    come(packet, packet * kFrame + 10);
    come(packet, packet * kFrame + 20);
  }

  const auto sound = out(1, 49);
  EXPECT_GT(testing::tone_share(sound, kTone), 0.99);
}

TEST_F(RecordedTrackTest, ConcealsLostPacketsWithoutClicks) {
  std::minstd_rand random(1);
  int lost = 0;
  for (int packet = 0; packet < 500; ++packet) {
    const bool is_lost = packet > 0 && random() % 20 == 0;
    lost += is_lost ? 1 : 0;
    if (!is_lost) come_in_time(packet);
  }

  const auto sound = out(0, 500);
  EXPECT_GT(lost, 10);
  EXPECT_GT(testing::tone_share(sound, kTone), 0.8);
  // A tone of 1000 Hz with a peak of 8000 goes 5657 in a sample; a click would go up to 16000.
  EXPECT_LT(steepest(sound), 9000);
  for (int frame = 0; frame < 500; ++frame) {
    EXPECT_GT(testing::loudness(out(frame, frame + 1)), 1000) << frame;
  }
}

TEST_F(RecordedTrackTest, IsSilentInPausesAndGoesOnBehindThem) {
  come_all(0, 20);
  come_all(70, 100);

  EXPECT_EQ(testing::loudness(out(23, 70)), 0);
  EXPECT_GT(testing::tone_share(out(71, 100), kTone), 0.99);
}

TEST_F(RecordedTrackTest, PlacesAStreamThatJumpsAtThePresent) {
  come_all(0, 20);
  jump_ = 1'000'000'000;
  come_all(20, 40);
  jump_ -= 10 * kSampleRate;
  come_all(40, 60);
  ssrc_ = 8;
  jump_ = 77;
  come_all(60, 80);

  for (const int from : {0, 21, 41, 61}) {
    EXPECT_GT(testing::tone_share(out(from, from + 18), kTone), 0.95) << from;
  }
}

TEST_F(RecordedTrackTest, FollowsAStreamThatHasBecomeSlower) {
  constexpr Position kDelay = 4000;
  come_all(0, 20);
  for (int packet = 20; packet < 80; ++packet) come(packet, packet * kFrame + kDelay);

  // For 200 ms it may be one that catches up.
  EXPECT_GT(testing::tone_share(out(58, 78), kTone), 0.95);
}

TEST_F(RecordedTrackTest, KeepsTimeWithASenderWhoseClockIsFast) {
  // One packet more in every fifty: after a minute a second too much.
  for (int packet = 0; packet < 3000; ++packet) come(packet, packet * kFrame * 50 / 51);

  const Position end = 3000 * kFrame * 50 / 51;
  advance(end + RecordedTrack::kWindow + kFrame);
  EXPECT_NEAR(static_cast<double>(out_.size()), static_cast<double>(end), kFrame);
  EXPECT_GT(testing::loudness(std::span(out_).last(20 * kFrameSamples)), 3000);
}

TEST_F(RecordedTrackTest, BearsPacketsOfAnyLengthAndNumber) {
  std::minstd_rand random(2);
  const std::vector<std::int16_t> loud(1488, 32'767);
  Position now = 0;
  for (int n = 0; n < 5000; ++n) {
    now += static_cast<Position>(random() % 400);
    advance(now);
    track_.take({.marker = random() % 4 == 0,
                 .sequence = static_cast<std::uint16_t>(random()),
                 .timestamp = static_cast<std::uint32_t>(random() * 3),
                 .ssrc = static_cast<std::uint32_t>(random() % 2)},
                std::span(loud).first(random() % loud.size()), now);
  }
  EXPECT_LT(std::abs(static_cast<Position>(out_.size()) - now),
            RecordedTrack::kWindow + 2 * kFrame);
}

}  // namespace
}  // namespace media
