#include "dialplan/local_time.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "base/text.h"

namespace dialplan {
namespace {

constexpr std::int64_t kSecondsPerDay = 86'400;

// Whether the clocks show summer time: true or false.
constexpr std::string_view kSummer = "dst";

constexpr std::array<std::string_view, 7> kDays = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};

struct Span {
  std::int64_t first = 0;
  std::int64_t last = 0;
};

struct Attribute {
  std::string_view name;
  std::int64_t lowest;
  std::int64_t highest;
  std::int64_t (*value)(const LocalTime&);
};

std::int64_t week_of_month(const LocalTime& time) {
  // Weeks start on Sunday; the first one is the one that holds the first of the month.
  const int wday_of_first = ((time.wday - 1) - (time.mday - 1) % 7 + 7) % 7;
  return (time.mday - 1 + wday_of_first) / 7 + 1;
}
std::int64_t minute_of_day(const LocalTime& time) {
  // Counted from 1 (midnight) with 01:00 being 60, as the documentation has it.
  return std::max(1, time.hour * 60 + time.minute);
}
std::int64_t second_of_day(const LocalTime& time) {
  return (time.hour * 60 + time.minute) * 60 + time.second;
}

constexpr std::array<Attribute, 10> kNumbers = {{
    {"year", 0, 9999, [](const LocalTime& t) -> std::int64_t { return t.year; }},
    {"yday", 1, 366, [](const LocalTime& t) -> std::int64_t { return t.yday; }},
    {"mon", 1, 12, [](const LocalTime& t) -> std::int64_t { return t.mon; }},
    {"mday", 1, 31, [](const LocalTime& t) -> std::int64_t { return t.mday; }},
    {"week", 1, 53, [](const LocalTime& t) -> std::int64_t { return t.week; }},
    {"mweek", 1, 6, week_of_month},
    {"wday", 1, 7, [](const LocalTime& t) -> std::int64_t { return t.wday; }},
    {"hour", 0, 23, [](const LocalTime& t) -> std::int64_t { return t.hour; }},
    {"minute", 0, 59, [](const LocalTime& t) -> std::int64_t { return t.minute; }},
    {"minute-of-day", 0, 1440, minute_of_day},
}};

const Attribute* number_attribute(std::string_view name) {
  const auto* const found = std::find_if(kNumbers.begin(), kNumbers.end(),
                                         [&](const Attribute& a) { return a.name == name; });
  return found == kNumbers.end() ? nullptr : found;
}

std::optional<std::int64_t> number(std::string_view text, const Attribute& attribute) {
  text = base::trim(text);
  if (attribute.name == "wday") {
    const std::string day = base::to_lower(text);
    const auto* const found = std::find(kDays.begin(), kDays.end(), day);
    if (found != kDays.end()) return found - kDays.begin() + 1;
  }
  const auto value = base::parse_integer(text);
  if (!value || *value < attribute.lowest || *value > attribute.highest) return std::nullopt;
  return value;
}

// hh:mm[:ss] in seconds. A time without seconds that ends a range at 23:59 means the whole day.
std::optional<std::int64_t> clock(std::string_view text) {
  const auto parts = base::split(base::trim(text), ':');
  if (parts.size() < 2 || parts.size() > 3) return std::nullopt;
  constexpr std::array<std::int64_t, 3> kHighest = {24, 59, 59};
  std::int64_t seconds = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    const auto part = i < parts.size() ? base::parse_integer(parts[i]) : std::optional(0L);
    if (!part || *part < 0 || *part > kHighest.at(i)) return std::nullopt;
    seconds = seconds * 60 + *part;
  }
  return seconds <= kSecondsPerDay ? std::optional(seconds) : std::nullopt;
}

// "YYYY-MM-DD hh:mm[:ss]" as one number that grows with time.
std::optional<std::int64_t> moment(std::string_view text) {
  text = base::trim(text);
  const std::size_t space = text.find(' ');
  const auto date = base::split(text.substr(0, space), '-');
  if (date.size() != 3) return std::nullopt;
  std::int64_t days = 0;
  constexpr std::array<std::int64_t, 3> kHighest = {9999, 12, 31};
  for (std::size_t i = 0; i < 3; ++i) {
    const auto part = base::parse_integer(date[i]);
    if (!part || *part < 0 || *part > kHighest.at(i)) return std::nullopt;
    days = days * 32 + *part;
  }
  if (space == std::string_view::npos) return days * kSecondsPerDay;
  const auto seconds = clock(text.substr(space + 1));
  if (!seconds) return std::nullopt;
  return days * kSecondsPerDay + *seconds;
}

std::int64_t moment_of(const LocalTime& time) {
  const std::int64_t days = (std::int64_t{time.year} * 32 + time.mon) * 32 + time.mday;
  return days * kSecondsPerDay + second_of_day(time);
}

bool within(Span span, std::int64_t value) {
  if (span.first <= span.last) return span.first <= value && value <= span.last;
  return value >= span.first || value <= span.last;  // 22:00-06:00, 6-2: over the edge.
}

// The comma-separated spans of a value; nullopt when one of them cannot be understood.
std::optional<std::vector<Span>> spans_of(const TimeTest& test) {
  const Attribute* const attribute = number_attribute(test.attribute);
  const char dash = test.attribute == "date-time" ? '~' : '-';
  std::vector<Span> spans;
  for (const auto& text : base::split(test.value, ',')) {
    const auto ends = base::split(text, dash);
    const bool single_allowed = attribute != nullptr;
    if (ends.size() > 2 || (ends.size() == 1 && !single_allowed)) return std::nullopt;
    const auto read = [&](std::string_view end) {
      if (attribute != nullptr) return number(end, *attribute);
      return test.attribute == "date-time" ? moment(end) : clock(end);
    };
    const auto first = read(ends.front());
    auto last = read(ends.back());
    if (!first || !last) return std::nullopt;
    if (attribute == nullptr && base::trim(ends.back()).ends_with("23:59")) *last += 59;
    spans.push_back({*first, *last});
  }
  return spans;
}

}  // namespace

bool is_time_attribute(std::string_view attribute) {
  return number_attribute(attribute) != nullptr || attribute == "time-of-day" ||
         attribute == "date-time" || attribute == kSummer;
}

std::string problem_of(const TimeTest& test) {
  if (test.attribute == kSummer || spans_of(test)) return {};
  if (test.attribute == "time-of-day") return "expected hh:mm[:ss]-hh:mm[:ss]";
  if (test.attribute == "date-time") {
    return "expected YYYY-MM-DD hh:mm[:ss]~YYYY-MM-DD hh:mm[:ss]";
  }
  const Attribute* const attribute = number_attribute(test.attribute);
  if (attribute == nullptr) return "not a time attribute";
  return "expected numbers or ranges from " + std::to_string(attribute->lowest) + " to " +
         std::to_string(attribute->highest) +
         (attribute->name == "wday" ? " (1 is Sunday) or sun … sat" : "") + ", e.g. 2-5,7";
}

bool holds(const TimeTest& test, const LocalTime& time) {
  if (test.attribute == kSummer) return base::is_true(test.value) == time.is_summer;
  const auto spans = spans_of(test);
  if (!spans) return false;
  const Attribute* const attribute = number_attribute(test.attribute);
  const std::int64_t value = attribute != nullptr            ? attribute->value(time)
                             : test.attribute == "date-time" ? moment_of(time)
                                                             : second_of_day(time);
  return std::any_of(spans->begin(), spans->end(), [&](Span span) { return within(span, value); });
}

}  // namespace dialplan
