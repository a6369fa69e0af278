#include "media/rtp_relay.h"

#include <gtest/gtest.h>

#include <optional>
#include <vector>

namespace media {
namespace {

// A leg that sent sequence 1000 and timestamp 50000 at tick 10, and what is relayed to it. Places
// are told relative to that packet.
class Listener {
 public:
  Listener() : cursor_({.ssrc = 1, .sequence = 999, .timestamp = 49'840}, 9) {
    cursor_.advance_to(cursor_.next(10), 10);
  }

  struct Heard {
    int sequence = 0;
    int timestamp = 0;
    bool operator==(const Heard&) const = default;
  };
  std::optional<Heard> hear(int sequence, int timestamp, Tick now = 11, std::uint32_t ssrc = 9) {
    const auto place = relay_.place(header(sequence, timestamp, ssrc), cursor_, now);
    if (!place) return std::nullopt;
    return relative(*place);
  }
  void leave_out(int sequence, int timestamp) { relay_.leave_out(header(sequence, timestamp, 9)); }
  Heard own_sound(Tick now) {
    relay_.interrupt();
    const RtpPlace place = cursor_.next(now);
    cursor_.advance_to(place, now);
    return relative(place);
  }

 private:
  static RtpHeader header(int sequence, int timestamp, std::uint32_t ssrc) {
    return {.payload_type = 0,
            .marker = false,
            .sequence = static_cast<std::uint16_t>(sequence),
            .timestamp = static_cast<std::uint32_t>(timestamp),
            .ssrc = ssrc};
  }
  static Heard relative(const RtpPlace& place) {
    return {static_cast<std::int16_t>(place.sequence - 1000),
            static_cast<std::int32_t>(place.timestamp - 50'000)};
  }

  RtpCursor cursor_;
  RtpRelay relay_;
};

using Heard = Listener::Heard;

TEST(RtpRelay, FollowsWhatTheLegSentBefore) {
  Listener leg;

  EXPECT_EQ(leg.hear(7, 100), (Heard{1, 160}));
  EXPECT_EQ(leg.hear(8, 260), (Heard{2, 320}));
}

TEST(RtpRelay, SilenceBeforeTheFirstPacketIsSeen) {
  Listener leg;

  EXPECT_EQ(leg.hear(7, 100, 60), (Heard{1, 50 * 160}));
}

TEST(RtpRelay, OwnSoundFollowsWhatWasRelayedAndBack) {
  Listener leg;
  leg.hear(7, 100, 11);
  leg.hear(8, 260, 12);

  EXPECT_EQ(leg.own_sound(13), (Heard{3, 480}));
  EXPECT_EQ(leg.own_sound(14), (Heard{4, 640}));
  EXPECT_EQ(leg.hear(11, 740, 15), (Heard{5, 800}));
}

TEST(RtpRelay, LossIsPassedOn) {
  Listener leg;
  leg.hear(7, 100);

  EXPECT_EQ(leg.hear(10, 580), (Heard{4, 640}));
}

TEST(RtpRelay, DisorderIsPassedOn) {
  Listener leg;
  leg.hear(7, 100);
  leg.hear(9, 420);

  EXPECT_EQ(leg.hear(8, 260), (Heard{2, 320}));
  EXPECT_EQ(leg.hear(10, 580), (Heard{4, 640}));
}

TEST(RtpRelay, TheFirstPacketsElderIsTooLate) {
  Listener leg;
  leg.hear(7, 100);

  EXPECT_EQ(leg.hear(6, -60), std::nullopt);
  EXPECT_EQ(leg.hear(8, 260), (Heard{2, 320}));
}

TEST(RtpRelay, PausesOfThePeerAreKept) {
  Listener leg;
  leg.hear(7, 100, 11);

  EXPECT_EQ(leg.hear(8, 100 + 8000, 61), (Heard{2, 160 + 8000}));
}

TEST(RtpRelay, NumbersWrap) {
  Listener leg;
  leg.hear(0xffff, -160);

  EXPECT_EQ(leg.hear(0, 0), (Heard{2, 320}));
}

TEST(RtpRelay, ALongStreamStaysInPlace) {
  Listener leg;
  for (int n = 0; n < 70'000; ++n) {
    const auto heard = leg.hear(n, n * 160, 11 + static_cast<Tick>(n));
    ASSERT_TRUE(heard);
    ASSERT_EQ(heard->sequence, static_cast<std::int16_t>(n + 1)) << n;
  }
}

TEST(RtpRelay, ANewCountOfThePeerIsNoJumpForTheListener) {
  struct Case {
    const char* what;
    int sequence;
    int timestamp;
    std::uint32_t ssrc;
  };
  const Case cases[] = {
      {"another source", 8, 260, 10},         {"sequence far ahead", 8000, 260, 9},
      {"sequence far back", 60000, 260, 9},   {"timestamp far ahead", 8, 100'000'000, 9},
      {"timestamp back", 8, 100 - 80'000, 9},
  };
  for (const Case& one : cases) {
    Listener leg;
    leg.hear(7, 100);
    EXPECT_EQ(leg.hear(one.sequence, one.timestamp, 12, one.ssrc), (Heard{2, 320})) << one.what;
  }
}

TEST(RtpRelay, AKeyHeldDownKeepsItsTimestampAndTheClockGoesOnBehindIt) {
  Listener leg;
  leg.hear(7, 100, 11);
  EXPECT_EQ(leg.hear(8, 260, 12), (Heard{2, 320}));
  EXPECT_EQ(leg.hear(9, 260, 13), (Heard{3, 320}));
  EXPECT_EQ(leg.hear(10, 260, 14), (Heard{4, 320}));

  EXPECT_EQ(leg.hear(11, 740, 15), (Heard{5, 800}));
}

TEST(RtpRelay, WhatIsLeftOutLeavesNoGap) {
  Listener leg;
  leg.hear(7, 100);
  leg.leave_out(8, 260);
  leg.leave_out(9, 260);

  EXPECT_EQ(leg.hear(10, 580), (Heard{2, 640}));
  EXPECT_EQ(leg.hear(9, 420), std::nullopt);
}

}  // namespace
}  // namespace media
