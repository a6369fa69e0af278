#include "api/time_text.h"

#include <array>

namespace api {
namespace {

constexpr std::array<std::string_view, 7> kDays = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                   "Thursday", "Friday", "Saturday"};
constexpr std::array<std::string_view, 12> kMonths = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};
constexpr std::size_t kShortName = 3;

std::string padded(int value, std::size_t width, char with = '0') {
  std::string digits = std::to_string(value);
  if (digits.size() < width) digits.insert(0, width - digits.size(), with);
  return digits;
}

std::string_view day_name(const dialplan::LocalTime& time) {
  return kDays.at(static_cast<std::size_t>(time.wday - 1));
}

std::string_view month_name(const dialplan::LocalTime& time) {
  return kMonths.at(static_cast<std::size_t>(time.mon - 1));
}

int twelve_hours(const dialplan::LocalTime& time) {
  return time.hour % 12 == 0 ? 12 : time.hour % 12;
}

// Numbers. Returns: an empty text when `letter` is none of them.
std::string number_text(char letter, const dialplan::LocalTime& time) {
  switch (letter) {
    case 'Y':
      return std::to_string(time.year);
    case 'y':
      return padded(time.year % 100, 2);
    case 'm':
      return padded(time.mon, 2);
    case 'd':
      return padded(time.mday, 2);
    case 'e':
      return padded(time.mday, 2, ' ');
    case 'H':
      return padded(time.hour, 2);
    case 'k':
      return padded(time.hour, 2, ' ');
    case 'I':
      return padded(twelve_hours(time), 2);
    case 'l':
      return padded(twelve_hours(time), 2, ' ');
    case 'M':
      return padded(time.minute, 2);
    case 'S':
      return padded(time.second, 2);
    case 'j':
      return padded(time.yday, 3);
    case 'w':
      return std::to_string(time.wday - 1);
    case 'u':
      return std::to_string(time.wday == 1 ? 7 : time.wday - 1);
    default:
      return {};
  }
}

// Names and signs. Returns: an empty text when `letter` is none of them.
std::string_view word_text(char letter, const dialplan::LocalTime& time) {
  switch (letter) {
    case 'a':
      return day_name(time).substr(0, kShortName);
    case 'A':
      return day_name(time);
    case 'b':
    case 'h':
      return month_name(time).substr(0, kShortName);
    case 'B':
      return month_name(time);
    case 'p':
      return time.hour < 12 ? "AM" : "PM";
    case 'n':
      return "\n";
    case 't':
      return "\t";
    case '%':
      return "%";
    default:
      return {};
  }
}

// Letters that stand for a longer format.
std::string_view long_form(char letter) {
  switch (letter) {
    case 'D':
      return "%m/%d/%y";
    case 'F':
      return "%Y-%m-%d";
    case 'R':
      return "%H:%M";
    case 'T':
      return "%H:%M:%S";
    default:
      return {};
  }
}

constexpr std::int64_t kDaysOfAYear = 365;

std::string counted(std::int64_t count, std::string_view unit) {
  std::string text = std::to_string(count) + " " + std::string(unit);
  return count == 1 ? text : text + "s";
}

}  // namespace

std::string time_text(std::string_view format, const dialplan::LocalTime& time,
                      std::int64_t unix_seconds) {
  std::string out;
  for (std::size_t i = 0; i < format.size(); ++i) {
    if (format[i] != '%' || i + 1 == format.size()) {
      out += format[i];
      continue;
    }
    const char letter = format[++i];
    if (letter == 's') {
      out += std::to_string(unix_seconds);
    } else if (const auto form = long_form(letter); !form.empty()) {
      out += time_text(form, time, unix_seconds);
    } else if (const auto number = number_text(letter, time); !number.empty()) {
      out += number;
    } else if (const auto word = word_text(letter, time); !word.empty()) {
      out += word;
    } else {
      out.append("%").append(1, letter);
    }
  }
  return out;
}

std::string duration_text(base::Duration duration) {
  const std::int64_t ms = duration.count();
  const std::int64_t seconds = ms / 1000;
  const std::int64_t days = seconds / 86'400;
  return counted(days / kDaysOfAYear, "year") + ", " + counted(days % kDaysOfAYear, "day") + ", " +
         counted(seconds / 3600 % 24, "hour") + ", " + counted(seconds / 60 % 60, "minute") + ", " +
         counted(seconds % 60, "second") + ", " + counted(ms % 1000, "millisecond") +
         ", 0 microseconds";
}

}  // namespace api
