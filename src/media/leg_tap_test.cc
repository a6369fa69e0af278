// A leg as others hear it.
#include "media/leg_tap.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <vector>

#include "media/g711.h"
#include "media/mix.h"

namespace media {
namespace {

// One loud sample value for each frame, so that a frame tells which one it is.
class Talker {
 public:
  void say(LegTap& tap, Tick now) {
    const std::vector<std::uint8_t> payload(kFrameSamples, ulaw_of(value()));
    tap.take_said({header(), AudioCodec::Pcmu, payload}, now);
    leave_out();
  }
  void leave_out() {
    ++number_;
    ++header_.sequence;
    header_.timestamp += kFrameSamples;
  }
  std::int16_t value() const { return static_cast<std::int16_t>(1000 * (number_ % 20 + 1)); }
  RtpHeader header() const { return header_; }

 private:
  RtpHeader header_{.sequence = 65'530, .timestamp = 4'294'967'000, .ssrc = 7};
  int number_ = 0;
};

int middle(const Frame& frame) {
  return frame[kFrameSamples / 2];
}

TEST(LegTap, GivesEachFrameOnceAndALittleBehind) {
  LegTap tap(100);
  Talker talker;
  for (Tick tick = 100; tick < 120; ++tick) {
    talker.say(tap, tick);
    tap.advance(tick + 1);
    const int behind = static_cast<int>(LegTap::kFramesBehind);
    const int expected = 1000 * (static_cast<int>(tick) - 100 - behind + 1);
    if (expected > 0) {
      EXPECT_NEAR(middle(tap.said()), expected, 500) << tick;
    }
    EXPECT_EQ(middle(tap.sent()), 0);
  }
}

TEST(LegTap, PutsALatePacketWhereItBelongs) {
  LegTap tap(0);
  Talker talker;
  std::vector<int> heard;
  for (Tick tick = 0; tick < 12; ++tick) {
    // What is due at the fifth tick comes with the sixth.
    if (tick != 5) talker.say(tap, tick);
    if (tick == 6) talker.say(tap, tick);
    tap.advance(tick + 1);
    heard.push_back(middle(tap.said()));
  }
  for (std::size_t n = 4; n < heard.size(); ++n) EXPECT_GT(heard[n], heard[n - 1] + 500) << n;
}

TEST(LegTap, LossOnOneSideLeavesTheOther) {
  LegTap tap(0);
  Talker talker;
  RtpHeader sent{.sequence = 1, .timestamp = 1, .ssrc = 8};
  const std::vector<std::uint8_t> payload(kFrameSamples, ulaw_of(8000));
  for (Tick tick = 0; tick < 40; ++tick) {
    if (tick < 5) talker.say(tap, tick);
    tap.take_sent({sent, AudioCodec::Pcmu, payload}, tick);
    ++sent.sequence;
    sent.timestamp += kFrameSamples;
    tap.advance(tick + 1);
    if (tick < 4) continue;
    EXPECT_NEAR(middle(tap.sent()), 8000, 300) << tick;
    if (tick > 12) {
      EXPECT_EQ(middle(tap.said()), 0) << tick;
    }
  }
}

TEST(LegTap, IsNotBehindAfterTicksThatWereSkipped) {
  LegTap tap(0);
  Talker talker;
  for (Tick tick = 0; tick < 10; ++tick) talker.say(tap, tick);
  tap.advance(10);
  const int before = middle(tap.said());
  for (int lost = 0; lost < 100; ++lost) talker.leave_out();
  tap.advance(110);
  talker.say(tap, 110);
  tap.advance(111 + LegTap::kFramesBehind);
  EXPECT_GT(before, 0);
  EXPECT_GT(middle(tap.said()), 0);
}

TEST(LegTap, HearsOneWhoseClockIsSlow) {
  LegTap tap(0);
  RtpHeader said{.sequence = 1, .timestamp = 1, .ssrc = 8};
  const std::vector<std::uint8_t> payload(kFrameSamples, ulaw_of(8000));
  int missing = 0;
  for (Tick tick = 0; tick < 5000; ++tick) {
    // One packet in a hundred never comes, and the timestamps do not show it.
    if (tick % 100 != 99) {
      tap.take_said({said, AudioCodec::Pcmu, payload}, tick);
      ++said.sequence;
      said.timestamp += kFrameSamples;
    }
    tap.advance(tick + 1);
    for (const std::int16_t sample : tap.said()) missing += std::abs(sample - 8000) > 300 ? 1 : 0;
  }
  EXPECT_LT(missing, 5000 * static_cast<int>(kFrameSamples) * 6 / 100);
}

TEST(Mix, OfLoudVoicesIsAsLoudAsCanBe) {
  Frame all;
  Frame one;
  all.fill(30'000);
  one.fill(30'000);
  all[1] = one[1] = -30'000;
  one[2] = -1;
  mix_into(all, one);
  EXPECT_EQ(all[0], 32'767);
  EXPECT_EQ(all[1], -32'768);
  EXPECT_EQ(all[2], 29'999);
}

}  // namespace
}  // namespace media
