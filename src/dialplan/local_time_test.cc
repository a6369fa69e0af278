#include "dialplan/local_time.h"

#include <gtest/gtest.h>

#include <ostream>

namespace dialplan {
namespace {

// Wednesday, 14 August 2024, 09:30:15.
constexpr LocalTime kWednesday = {.year = 2024,
                                  .mon = 8,
                                  .mday = 14,
                                  .hour = 9,
                                  .minute = 30,
                                  .second = 15,
                                  .wday = 4,
                                  .yday = 227,
                                  .week = 33};

struct Row {
  TimeTest test;
  bool holds;
};
void PrintTo(const Row& row, std::ostream* out) {
  *out << row.test.attribute << "=" << row.test.value;
}

class TimeTable : public testing::TestWithParam<Row> {};

TEST_P(TimeTable, HoldsAsWritten) {
  EXPECT_EQ(problem_of(GetParam().test), "");
  EXPECT_EQ(holds(GetParam().test, kWednesday), GetParam().holds);
}

TEST(LocalTime, SummerIsWhatTheClocksSay) {
  LocalTime summer = kWednesday;
  summer.is_summer = true;

  EXPECT_TRUE(holds({"dst", "true"}, summer));
  EXPECT_FALSE(holds({"dst", "true"}, kWednesday));
  EXPECT_TRUE(holds({"dst", "false"}, kWednesday));
  EXPECT_EQ(problem_of({"dst", "false"}), "");
}

INSTANTIATE_TEST_SUITE_P(
    Tests, TimeTable,
    testing::Values(
        Row{{"wday", "2-6"}, true}, Row{{"wday", "1,7"}, false}, Row{{"wday", "6-4"}, true},
        Row{{"wday", "mon-fri"}, true}, Row{{"wday", "Sun"}, false}, Row{{"year", "1999"}, false},
        Row{{"year", "2020-2030"}, true}, Row{{"mon", "8"}, true}, Row{{"mday", "1-7"}, false},
        Row{{"yday", "227"}, true}, Row{{"week", "30-40"}, true}, Row{{"mweek", "3"}, true},
        Row{{"hour", "9-16"}, true}, Row{{"minute", "31-59,0-29"}, false},
        Row{{"minute-of-day", "570"}, true}, Row{{"minute-of-day", "571-1440"}, false},
        Row{{"time-of-day", "09:00-17:00"}, true}, Row{{"time-of-day", "09:30:16-17:00"}, false},
        Row{{"time-of-day", "08:00-09:30:15"}, true}, Row{{"time-of-day", "22:00-06:00"}, false},
        Row{{"time-of-day", "22:00-10:00"}, true},
        Row{{"time-of-day", "00:00-08:00,09:00-10:00"}, true},
        Row{{"date-time", "2024-08-14 09:00~2024-08-14 10:00:00"}, true},
        Row{{"date-time", "2024-08-15 00:00~2025-01-01 00:00"}, false}));

TEST(LocalTime, ADayUntil2359HasItsLastMinute) {
  LocalTime late = kWednesday;
  late.hour = 23;
  late.minute = 59;
  late.second = 59;

  EXPECT_TRUE(holds({"time-of-day", "00:00-23:59"}, late));
}

TEST(LocalTime, SaysWhatIsExpected) {
  for (const TimeTest& test : {TimeTest{"wday", "8"}, TimeTest{"wday", "x"}, TimeTest{"wday", ""},
                               TimeTest{"time-of-day", "9"}, TimeTest{"time-of-day", "09:00"},
                               TimeTest{"time-of-day", "09:00-25:00"}, TimeTest{"mon", "1-2-3"},
                               TimeTest{"date-time", "today~tomorrow"}, TimeTest{"moon", "1"}}) {
    EXPECT_NE(problem_of(test), "") << test.attribute << "=" << test.value;
    EXPECT_FALSE(holds(test, kWednesday));
  }
}

}  // namespace
}  // namespace dialplan
