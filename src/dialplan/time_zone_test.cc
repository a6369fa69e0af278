#include "dialplan/time_zone.h"

#include <gtest/gtest.h>

#include <ostream>

namespace dialplan {
namespace {

constexpr std::int64_t kJanuary = 1'736'942'400;  // 2025-01-15 12:00 UTC
constexpr std::int64_t kJuly = 1'752'580'800;     // 2025-07-15 12:00 UTC

struct Row {
  std::string_view rule;
  int minutes_in_january;
  int minutes_in_july;
};
void PrintTo(const Row& row, std::ostream* out) {
  *out << row.rule;
}

class Zones : public testing::TestWithParam<Row> {};

TEST_P(Zones, AreAheadAsTheRuleSays) {
  const auto zone = TimeZone::parse(GetParam().rule);

  ASSERT_TRUE(zone);
  EXPECT_EQ(zone->offset_at(kJanuary), GetParam().minutes_in_january * 60);
  EXPECT_EQ(zone->offset_at(kJuly), GetParam().minutes_in_july * 60);
}

INSTANTIATE_TEST_SUITE_P(
    Rules, Zones,
    testing::Values(Row{"UTC0", 0, 0}, Row{"<+0530>-5:30", 330, 330}, Row{"GMT+3", -180, -180},
                    Row{"CET-1CEST,M3.5.0,M10.5.0/3", 60, 120},
                    Row{"EST5EDT,M3.2.0,M11.1.0", -300, -240}, Row{"EST5EDT", -300, -240},
                    Row{"AEST-10AEDT,M10.1.0,M4.1.0/3", 660, 600},
                    Row{"<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", 660, 630},
                    Row{"IST-1GMT0,M10.5.0,M3.5.0/1", 0, 60},
                    Row{"EET-2EEST,M3.4.4/50,M10.4.4/50", 120, 180},
                    Row{"<-02>2<-01>,M3.5.0/-1,M10.5.0/0", -120, -60},
                    Row{"AAA1BBB,J60/0,J300/0", -60, 0}, Row{"AAA1BBB,59,299", -60, 0}));

// 2025-03-30 01:00 UTC and 2025-10-26 01:00 UTC.
TEST(TimeZone, ChangesAtTheSecond) {
  const auto berlin = TimeZone::parse("CET-1CEST,M3.5.0,M10.5.0/3");

  ASSERT_TRUE(berlin);
  EXPECT_EQ(berlin->offset_at(1'743'296'399), 3600);
  EXPECT_EQ(berlin->offset_at(1'743'296'400), 7200);
  EXPECT_EQ(berlin->offset_at(1'761'440'399), 7200);
  EXPECT_EQ(berlin->offset_at(1'761'440'400), 3600);
}

TEST(TimeZone, KnowsWhenItIsSummer) {
  const auto zone = TimeZone::parse("CET-1CEST,M3.5.0,M10.5.0/3");

  EXPECT_FALSE(zone->is_summer_at(kJanuary));
  EXPECT_TRUE(zone->is_summer_at(kJuly));
  EXPECT_FALSE(TimeZone::parse("JST-9")->is_summer_at(kJuly));
}

TEST(TimeZone, HoursAheadAreAZone) {
  for (const int hours : {-24, -5, 0, 14}) {
    const auto zone = TimeZone::parse(zone_ahead_of_utc(hours));

    ASSERT_TRUE(zone) << hours;
    EXPECT_EQ(zone->offset_at(kJuly), hours * 3600);
  }
}

TEST(TimeZone, DaysOfTheYearKnowLeapYears) {
  const auto julian = TimeZone::parse("AAA0BBB,J60/0,J300/0");
  const auto counted = TimeZone::parse("AAA0BBB,59/0,300/0");

  ASSERT_TRUE(julian && counted);
  // 2024-02-29 12:00 UTC: the 60th day counted from 1, but J60 is the first of March.
  EXPECT_EQ(julian->offset_at(1'709'208'000), 0);
  EXPECT_EQ(counted->offset_at(1'709'208'000), 3600);
}

TEST(TimeZone, SomethingElseIsNoRule) {
  for (const std::string_view rule :
       {"", "Europe/Berlin", "CE-1", "CET", "CET-1CEST,", "CET-1CEST,M3.5.0", "CET-25",
        "CET-1CEST,M13.5.0,M10.5.0", "CET-1CEST,M3.6.0,M10.5.0", "CET-1CEST,M3.5.7,M10.5.0",
        "CET-1CEST,M3.5.0,M10.5.0/3x", "CET-1CEST,M3.5.0,M10.5.0/200", "<+05", "<+05>", "UTC0:60",
        "CET-1CEST,J0,J10", "CET-1CEST,366,1", "CET-1:", "CET--1"}) {
    EXPECT_FALSE(TimeZone::parse(rule)) << rule;
  }
}

}  // namespace
}  // namespace dialplan
