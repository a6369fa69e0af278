#include "media/rtp_cursor.h"

#include <gtest/gtest.h>

namespace media {
namespace {

using std::chrono::milliseconds;

RtpCursor resumed(std::uint16_t sequence, std::uint32_t timestamp, milliseconds silent_for) {
  return RtpCursor(
      {.ssrc = 7, .sequence = sequence, .timestamp = timestamp, .silent_for = silent_for}, 100);
}

TEST(RtpCursor, FramesFollowEachOther) {
  RtpCursor cursor(0x1234'5678'9abc'def0, 10);
  const RtpPlace first = cursor.next(11);
  cursor.advance_to(first, 11);

  const RtpPlace second = cursor.next(12);

  EXPECT_TRUE(first.after_gap);
  EXPECT_FALSE(second.after_gap);
  EXPECT_EQ(static_cast<std::uint16_t>(second.sequence - first.sequence), 1);
  EXPECT_EQ(second.timestamp - first.timestamp, 160u);
}

TEST(RtpCursor, SilenceIsSeenInTheTimestampOnly) {
  RtpCursor cursor(1, 10);
  const RtpPlace first = cursor.next(11);
  cursor.advance_to(first, 11);

  const RtpPlace later = cursor.next(61);

  EXPECT_TRUE(later.after_gap);
  EXPECT_EQ(static_cast<std::uint16_t>(later.sequence - first.sequence), 1);
  EXPECT_EQ(later.timestamp - first.timestamp, 50 * 160u);
}

TEST(RtpCursor, TwoPacketsOfOneTickAreAFrameApart) {
  RtpCursor cursor(1, 10);
  const RtpPlace first = cursor.next(11);
  cursor.advance_to(first, 11);

  EXPECT_EQ(cursor.next(11).timestamp - first.timestamp, 160u);
  EXPECT_FALSE(cursor.next(11).after_gap);
}

TEST(RtpCursor, AskingChangesNothing) {
  const RtpCursor cursor(1, 10);

  EXPECT_EQ(cursor.next(11).sequence, cursor.next(11).sequence);
  EXPECT_EQ(cursor.next(11).timestamp, cursor.next(11).timestamp);
}

TEST(RtpCursor, NumbersWrap) {
  const RtpPlace place = resumed(0xffff, 0xffffffff, milliseconds(0)).next(101);

  EXPECT_EQ(place.sequence, 0);
  EXPECT_EQ(place.timestamp, 159u);
}

TEST(RtpCursor, AnotherProcessesStreamGoesOnBehindItsLastPacket) {
  struct Case {
    const char* what;
    milliseconds silent_for;
    std::uint32_t timestamp;
  };
  const Case cases[] = {
      {"at once", milliseconds(0), 1160},
      {"half a second later", milliseconds(505), 1160 + 25 * 160},
      {"a clock that went back", milliseconds(-5000), 1160},
      {"a file of last week", std::chrono::hours(170), 1160},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.what);
    const RtpCursor cursor = resumed(41, 1000, one.silent_for);
    const RtpPlace place = cursor.next(101);
    EXPECT_EQ(cursor.ssrc(), 7u);
    EXPECT_EQ(place.sequence, 42);
    EXPECT_EQ(place.timestamp, one.timestamp);
    EXPECT_TRUE(place.after_gap);
  }
}

}  // namespace
}  // namespace media
