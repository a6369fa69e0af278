// How far the clocks of a place are ahead of UTC, at any instant: POSIX time zone rules.
//
// "CET-1CEST,M3.5.0,M10.5.0/3" says all about Central Europe's clocks today and in every year to
// come; what they were under older laws it does not say, and calls do not ask. Names of places
// (Europe/Berlin) are the configuration's: it knows the rule of each (config/time_zones.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dialplan {

// A zone whose clocks never change may be this far from UTC.
inline constexpr int kOffsetHoursMax = 24;

// The rule of such a zone. Requires: not farther than that.
std::string zone_ahead_of_utc(int hours);

class TimeZone {
 public:
  // nullopt: not such a rule (POSIX.1-2017 §8.3 with the hours of RFC 8536 §3.3.1). Summer time
  // without dates goes by those of the United States.
  static std::optional<TimeZone> parse(std::string_view rule);

  // Seconds ahead of UTC at this Unix second. Requires: it lies in the years 1970 to 9999.
  int offset_at(std::int64_t unix_seconds) const;
  // Whether summer time is in force then. Requires: the same.
  bool is_summer_at(std::int64_t unix_seconds) const;

 private:
  // The day of a year on which the clocks change, and the second of it by the clock until then.
  struct Change {
    enum class Kind { Weekday, DayWithoutLeap, DayWithLeap };
    Kind kind = Kind::Weekday;
    int month = 1;
    int week = 1;  // 5: the last.
    int day = 0;   // Of the week, 0 is Sunday; or of the year.
    std::int64_t second = 7200;
  };
  class Reader;

  // The instant of a change, as if it were read from a clock of UTC.
  static std::int64_t instant_of(const Change& change, int year);

  int offset_ = 0;
  std::optional<int> summer_offset_;
  Change to_summer_;
  Change to_winter_;
};

}  // namespace dialplan
