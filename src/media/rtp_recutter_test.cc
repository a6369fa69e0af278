#include "media/rtp_recutter.h"

#include <gtest/gtest.h>

#include <optional>
#include <vector>

namespace media {
namespace {

// Relative to what the listener was sent before: sequence 1000 and timestamp 50000.
struct Out {
  int sequence = 0;
  int timestamp = 0;
  std::size_t samples = 0;
  bool operator==(const Out&) const = default;
};
using Outs = std::vector<Out>;

// A leg that wants 40 ms, at the tick behind its own last sound.
class FortyMs {
 public:
  FortyMs() : cursor_({.ssrc = 1, .sequence = 999, .timestamp = 49'840}, 9) {
    cursor_.advance_to(cursor_.next(10), 10);
  }

  Outs hear(int sequence, int timestamp, std::size_t samples = 160, std::uint32_t ssrc = 9) {
    Outs made;
    const std::vector<std::uint8_t> sound(samples, 0x55);
    recutter_.take(header(sequence, timestamp, ssrc), sound, cursor_, 11,
                   [&](const RtpPlace& place, std::span<const std::uint8_t> payload) {
                     made.push_back(relative(place, payload.size()));
                   });
    return made;
  }
  Outs key(int sequence, int timestamp) {
    Outs made;
    const auto place =
        recutter_.take_key(header(sequence, timestamp, 9), cursor_, 11,
                           [&](const RtpPlace& before, std::span<const std::uint8_t> payload) {
                             made.push_back(relative(before, payload.size()));
                           });
    if (place) made.push_back(relative(*place, 4));
    return made;
  }
  void interrupt() { recutter_.interrupt(); }

 private:
  static RtpHeader header(int sequence, int timestamp, std::uint32_t ssrc) {
    return {.payload_type = 0,
            .marker = false,
            .sequence = static_cast<std::uint16_t>(sequence),
            .timestamp = static_cast<std::uint32_t>(timestamp),
            .ssrc = ssrc};
  }
  static Out relative(const RtpPlace& place, std::size_t samples) {
    return {static_cast<std::int16_t>(place.sequence - 1000),
            static_cast<std::int32_t>(place.timestamp - 50'000), samples};
  }

  RtpCursor cursor_;
  RtpRecutter recutter_{320};
};

TEST(RtpRecutter, TwoBecomeOne) {
  FortyMs leg;
  EXPECT_EQ(leg.hear(7, 100), Outs{});
  EXPECT_EQ(leg.hear(8, 260), (Outs{{1, 160, 320}}));
  EXPECT_EQ(leg.hear(9, 420), Outs{});
  EXPECT_EQ(leg.hear(10, 580), (Outs{{2, 480, 320}}));
}

TEST(RtpRecutter, LostPacketsAreMissingForTheListenerToo) {
  FortyMs leg;
  leg.hear(7, 100);
  leg.hear(8, 260);

  // Two packets of 20 ms are one of ours.
  leg.hear(11, 740);

  EXPECT_EQ(leg.hear(12, 900), (Outs{{3, 800, 320}}));
}

TEST(RtpRecutter, APauseIsSeenInTheTimestampOnly) {
  FortyMs leg;
  leg.hear(7, 100);

  EXPECT_EQ(leg.hear(8, 8260), (Outs{{1, 160, 160}}));
  EXPECT_EQ(leg.hear(9, 8420), (Outs{{2, 8320, 320}}));
}

TEST(RtpRecutter, LateAndRepeatedPacketsAreLeftOut) {
  FortyMs leg;
  leg.hear(7, 100);
  leg.hear(8, 260);

  EXPECT_EQ(leg.hear(8, 260), Outs{});
  EXPECT_EQ(leg.hear(7, 100), Outs{});
  EXPECT_EQ(leg.hear(9, 420), Outs{});
  EXPECT_EQ(leg.hear(10, 580), (Outs{{2, 480, 320}}));
}

TEST(RtpRecutter, ANewSourceFollowsTheOldOneWithoutAGap) {
  FortyMs leg;
  leg.hear(7, 100);
  leg.hear(8, 260);

  EXPECT_EQ(leg.hear(30'000, 9'000'000, 320, 77), (Outs{{2, 480, 320}}));
}

TEST(RtpRecutter, AKeyGoesBehindTheSoundThatWaits) {
  FortyMs leg;
  leg.hear(7, 100);

  EXPECT_EQ(leg.key(8, 260), (Outs{{1, 160, 160}, {2, 320, 4}}));
  EXPECT_EQ(leg.key(9, 260), (Outs{{3, 320, 4}}));
  EXPECT_EQ(leg.hear(10, 900, 320), (Outs{{4, 960, 320}}));
}

TEST(RtpRecutter, WhatWaitsIsForgottenAtAnInterruption) {
  FortyMs leg;
  leg.hear(7, 100);
  leg.interrupt();

  EXPECT_EQ(leg.hear(8, 260), Outs{});
  EXPECT_EQ(leg.hear(9, 420), (Outs{{1, 160, 320}}));
}

}  // namespace
}  // namespace media
