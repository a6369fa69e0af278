#include "dialplan/time_zone.h"

#include <chrono>

namespace dialplan {
namespace {

constexpr std::int64_t kSecondsPerDay = 86'400;
constexpr std::int64_t kSecondsPerHour = 3'600;
constexpr std::int64_t kSecondsPerMinute = 60;
// RFC 8536 §3.3.1: times of a change may be up to a week away from their day.
constexpr int kChangeHoursMax = 167;
// What POSIX leaves to the system, and systems give to the law of the United States.
constexpr std::string_view kUsualChanges = ",M3.2.0,M11.1.0";

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

}  // namespace

// Reads a rule from left to right; every part says whether it was there and made sense.
class TimeZone::Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  std::optional<TimeZone> run() {
    TimeZone zone;
    const auto west = name() ? clock(kOffsetHoursMax) : std::nullopt;
    if (!west) return std::nullopt;
    // POSIX counts to the west.
    zone.offset_ = static_cast<int>(-*west);
    if (rest_.empty()) return zone;
    if (!name()) return std::nullopt;
    if (rest_.empty() || rest_.front() == ',') {
      zone.summer_offset_ = zone.offset_ + static_cast<int>(kSecondsPerHour);
    } else {
      const auto summer = clock(kOffsetHoursMax);
      if (!summer) return std::nullopt;
      zone.summer_offset_ = static_cast<int>(-*summer);
    }
    if (rest_.empty()) rest_ = kUsualChanges;
    const bool is_whole = change(zone.to_summer_) && change(zone.to_winter_) && rest_.empty();
    return is_whole ? std::optional(zone) : std::nullopt;
  }

 private:
  bool take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }

  // Three letters or more, or anything in <>.
  bool name() {
    if (take('<')) {
      const std::size_t end = rest_.find('>');
      if (end == std::string_view::npos) return false;
      rest_.remove_prefix(end + 1);
      return true;
    }
    std::size_t length = 0;
    while (length < rest_.size() && is_letter(rest_[length])) ++length;
    rest_.remove_prefix(length);
    return length >= 3;
  }

  std::optional<int> number(int lowest, int highest) {
    int value = 0;
    std::size_t length = 0;
    while (length < rest_.size() && length < 3 && is_digit(rest_[length])) {
      value = value * 10 + (rest_[length++] - '0');
    }
    if (length == 0 || value < lowest || value > highest) return std::nullopt;
    rest_.remove_prefix(length);
    return value;
  }

  // [+|-]hh[:mm[:ss]] in seconds.
  std::optional<std::int64_t> clock(int hours_max) {
    const bool negative = take('-');
    if (!negative) take('+');
    const auto hours = number(0, hours_max);
    if (!hours) return std::nullopt;
    std::int64_t seconds = *hours * kSecondsPerHour;
    for (const std::int64_t unit : {kSecondsPerMinute, std::int64_t{1}}) {
      if (!take(':')) break;
      const auto part = number(0, 59);
      if (!part) return std::nullopt;
      seconds += *part * unit;
    }
    return negative ? -seconds : seconds;
  }

  // ,Mm.w.d or ,Jn or ,n; then /time.
  bool change(Change& into) {
    if (!take(',') || !day(into)) return false;
    if (!take('/')) return true;
    const auto second = clock(kChangeHoursMax);
    into.second = second.value_or(0);
    return second.has_value();
  }

  bool day(Change& into) {
    std::optional<int> day;
    if (take('M')) {
      const auto month = number(1, 12);
      const auto week = month && take('.') ? number(1, 5) : std::nullopt;
      day = week && take('.') ? number(0, 6) : std::nullopt;
      into.month = month.value_or(1);
      into.week = week.value_or(1);
    } else if (take('J')) {
      into.kind = Change::Kind::DayWithoutLeap;
      day = number(1, 365);
    } else {
      into.kind = Change::Kind::DayWithLeap;
      day = number(0, 365);
    }
    into.day = day.value_or(0);
    return day.has_value();
  }

  std::string_view rest_;
};

std::string zone_ahead_of_utc(int hours) {
  // POSIX counts to the west.
  return "<UTC>" + std::to_string(-hours);
}

std::optional<TimeZone> TimeZone::parse(std::string_view rule) {
  return Reader(rule).run();
}

std::int64_t TimeZone::instant_of(const Change& change, int year_number) {
  using namespace std::chrono;
  const year in(year_number);
  sys_days day = in / January / 1;
  switch (change.kind) {
    case Change::Kind::Weekday: {
      const month of(static_cast<unsigned>(change.month));
      const weekday on(static_cast<unsigned>(change.day));
      day = change.week == 5 ? sys_days(in / of / on[last])
                             : sys_days(in / of / on[static_cast<unsigned>(change.week)]);
      break;
    }
    case Change::Kind::DayWithoutLeap:
      // The 29th of February is never counted, so the 60th is the first of March.
      day += days(change.day - 1 + (in.is_leap() && change.day >= 60 ? 1 : 0));
      break;
    case Change::Kind::DayWithLeap:
      day += days(change.day);
      break;
  }
  return std::int64_t{day.time_since_epoch().count()} * kSecondsPerDay + change.second;
}

int TimeZone::offset_at(std::int64_t unix_seconds) const {
  return is_summer_at(unix_seconds) ? *summer_offset_ : offset_;
}

bool TimeZone::is_summer_at(std::int64_t unix_seconds) const {
  using namespace std::chrono;
  if (!summer_offset_) return false;
  const sys_seconds winter_clock{seconds(unix_seconds + offset_)};
  const int year = static_cast<int>(year_month_day(floor<days>(winter_clock)).year());
  // Each change is written by the clock that is in force until then.
  const std::int64_t begins = instant_of(to_summer_, year) - offset_;
  const std::int64_t ends = instant_of(to_winter_, year) - *summer_offset_;
  // South of the equator summer goes over the new year.
  return begins < ends ? begins <= unix_seconds && unix_seconds < ends
                       : unix_seconds >= begins || unix_seconds < ends;
}

}  // namespace dialplan
