#include "api/time_text.h"

#include <gtest/gtest.h>

namespace api {
namespace {

// Sunday, 6 July 2025, five past nine in the evening.
constexpr dialplan::LocalTime kEvening{.year = 2025,
                                       .mon = 7,
                                       .mday = 6,
                                       .hour = 21,
                                       .minute = 5,
                                       .second = 9,
                                       .wday = 1,
                                       .yday = 187,
                                       .week = 27};

TEST(TimeText, UnderstandsTheUsualLetters) {
  const struct {
    std::string_view format;
    std::string_view text;
  } formats[] = {
      {"%Y-%m-%d-%H-%M-%S", "2025-07-06-21-05-09"},
      {"%F %T", "2025-07-06 21:05:09"},
      {"%D %R", "07/06/25 21:05"},
      {"%a %A %b %B", "Sun Sunday Jul July"},
      {"%I:%M %p [%l] [%e]", "09:05 PM [ 9] [ 6]"},
      {"%j %u %w %y", "187 7 0 25"},
      {"%s", "1751835909"},
      {"100%% %Q %", "100% %Q %"},
      {"", ""},
  };

  for (const auto& format : formats) {
    EXPECT_EQ(time_text(format.format, kEvening, 1751835909), format.text) << format.format;
  }
}

TEST(TimeText, MidnightAndNoonAreTwelve) {
  dialplan::LocalTime time = kEvening;

  time.hour = 0;
  EXPECT_EQ(time_text("%I %p", time, 0), "12 AM");
  time.hour = 12;
  EXPECT_EQ(time_text("%I %p", time, 0), "12 PM");
}

}  // namespace
}  // namespace api
