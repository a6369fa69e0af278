#include "core/wall_clock.h"

#include <chrono>

namespace core {

dialplan::LocalTime local_time_at(std::int64_t unix_seconds, int utc_offset_seconds) {
  using namespace std::chrono;
  const sys_seconds at{seconds(unix_seconds + utc_offset_seconds)};
  const sys_days day = floor<days>(at);
  const year_month_day date(day);
  const hh_mm_ss<seconds> time(at - day);
  const sys_days new_year(date.year() / January / 1);

  dialplan::LocalTime local;
  local.year = static_cast<int>(date.year());
  local.mon = static_cast<int>(static_cast<unsigned>(date.month()));
  local.mday = static_cast<int>(static_cast<unsigned>(date.day()));
  local.hour = static_cast<int>(time.hours().count());
  local.minute = static_cast<int>(time.minutes().count());
  local.second = static_cast<int>(time.seconds().count());
  local.wday = static_cast<int>(weekday(day).c_encoding()) + 1;
  local.yday = static_cast<int>((day - new_year).count()) + 1;
  // Weeks are counted from the first of January, in sevens.
  local.week = (local.yday - 1) / 7 + 1;
  return local;
}

dialplan::LocalTime local_time_at(std::int64_t unix_seconds, const dialplan::TimeZone& zone) {
  dialplan::LocalTime local = local_time_at(unix_seconds, zone.offset_at(unix_seconds));
  local.is_summer = zone.is_summer_at(unix_seconds);
  return local;
}

}  // namespace core
