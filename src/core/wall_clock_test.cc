#include "core/wall_clock.h"

#include <gtest/gtest.h>

namespace core {
namespace {

TEST(WallClock, SecondOfTheEpochIsAThursday) {
  const dialplan::LocalTime at = local_time_at(0, 0);

  EXPECT_EQ(at, dialplan::LocalTime{});
}

TEST(WallClock, LeapDayAndOffset) {
  // 2024-02-28 23:30:00 UTC, one hour ahead: the 29th, a Thursday.
  const dialplan::LocalTime at = local_time_at(1'709'163'000, 3600);

  EXPECT_EQ(at.year, 2024);
  EXPECT_EQ(at.mon, 2);
  EXPECT_EQ(at.mday, 29);
  EXPECT_EQ(at.hour, 0);
  EXPECT_EQ(at.minute, 30);
  EXPECT_EQ(at.wday, 5);
  EXPECT_EQ(at.yday, 60);
  EXPECT_EQ(at.week, 9);
}

TEST(WallClock, NegativeOffsetGoesBackOverTheYear) {
  // 2026-01-01 00:00:00 UTC, five hours behind.
  const dialplan::LocalTime at = local_time_at(1'767'225'600, -5 * 3600);

  EXPECT_EQ(at.year, 2025);
  EXPECT_EQ(at.mon, 12);
  EXPECT_EQ(at.mday, 31);
  EXPECT_EQ(at.hour, 19);
  EXPECT_EQ(at.yday, 365);
  EXPECT_EQ(at.week, 53);
}

TEST(WallClock, ZoneChangesItsClocksWhileTheServerRuns) {
  const auto berlin = dialplan::TimeZone::parse("CET-1CEST,M3.5.0,M10.5.0/3");
  // The last second of winter time in 2026, and the next.
  const dialplan::LocalTime before = local_time_at(1'774'745'999, *berlin);
  const dialplan::LocalTime after = local_time_at(1'774'746'000, *berlin);

  EXPECT_EQ(before.hour, 1);
  EXPECT_FALSE(before.is_summer);
  EXPECT_EQ(after.hour, 3);
  EXPECT_TRUE(after.is_summer);
}

}  // namespace
}  // namespace core
