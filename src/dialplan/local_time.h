// The time attributes of a condition: opening hours and the like (spec/08 §1).
#pragma once

#include <string>
#include <string_view>

#include "dialplan/dialplan.h"

namespace dialplan {

// The local time of a call, as people write it; the owner of the call provides it, so that a
// routing can be repeated exactly.
struct LocalTime {
  int year = 1970;
  int mon = 1;  // 1–12
  int mday = 1;
  int hour = 0;
  int minute = 0;
  int second = 0;
  int wday = 5;  // 1 is Sunday, 7 is Saturday.
  int yday = 1;  // 1–366
  int week = 1;  // Of the year, 1–53.
  bool is_summer = false;

  bool operator==(const LocalTime&) const = default;
};

// The attributes that are understood; others are none of a condition's times.
bool is_time_attribute(std::string_view attribute);

// Returns: what is wrong with the value, or an empty text when it can be tested.
std::string problem_of(const TimeTest& test);

// Returns: false too when the value cannot be understood.
bool holds(const TimeTest& test, const LocalTime& time);

}  // namespace dialplan
