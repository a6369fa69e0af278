#include "call/say.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <iterator>
#include <optional>
#include <utility>

#include "base/text.h"

namespace call {
namespace {

using Names = std::vector<std::string>;
using Said = base::Result<Names>;

// Beyond a thousand million it is read digit by digit: packs have no word for it.
constexpr std::int64_t kNumberMax = 999'999'999;
constexpr std::int64_t kDaySeconds = 86'400;
// The years that a calendar can say.
constexpr std::int64_t kUnixSecondsMax = 253'402'300'799;

std::string digit(std::int64_t number) {
  return "digits/" + std::to_string(number) + ".wav";
}

std::string ordinal(std::int64_t number) {
  return "digits/h-" + std::to_string(number) + ".wav";
}

void append(Names more, Names& names) {
  std::move(more.begin(), more.end(), std::back_inserter(names));
}

void below_hundred(std::int64_t number, Names& names) {
  if (number <= 20) {
    names.push_back(digit(number));
    return;
  }
  names.push_back(digit(number / 10 * 10));
  if (number % 10 != 0) names.push_back(digit(number % 10));
}

void below_thousand(std::int64_t number, Names& names) {
  if (number >= 100) {
    names.push_back(digit(number / 100));
    names.emplace_back("digits/hundred.wav");
    number %= 100;
    if (number == 0) return;
  }
  below_hundred(number, names);
}

// 21st is twenty first; 30th has a word of its own.
Names say_ordinal(std::int64_t number) {
  Names names;
  const std::int64_t rest = number % 100;
  if (number >= 100) append(say_number(number - rest), names);
  if (rest == 0) {
    if (!names.empty() && names.back() == "digits/hundred.wav") {
      names.back() = "digits/h-hundred.wav";
    }
  } else if (rest <= 20 || rest % 10 == 0) {
    names.push_back(ordinal(rest));
  } else {
    names.push_back(digit(rest / 10 * 10));
    names.push_back(ordinal(rest % 10));
  }
  return names;
}

std::string name_of(char character) {
  const auto code = static_cast<unsigned char>(character);
  if (std::isdigit(code) != 0) return digit(character - '0');
  if (character == '*') return "digits/star.wav";
  if (character == '#') return "digits/pound.wav";
  if (character == '.') return "digits/dot.wav";
  return "ascii/" + std::to_string(std::tolower(code)) + ".wav";
}

// What is written to be read by eye, such as the dashes of a phone number, is left out.
bool is_said(char character) {
  constexpr std::string_view kSaid = "*#.@_+/";
  return std::isalnum(static_cast<unsigned char>(character)) != 0 ||
         kSaid.find(character) != std::string_view::npos;
}

Said one_by_one(std::string_view text) {
  Names names;
  for (const char character : text) {
    if (is_said(character)) names.push_back(name_of(character));
  }
  return names;
}

Said phonetically(std::string_view text) {
  Names names;
  for (const char character : text) {
    if (!is_said(character)) continue;
    const auto code = static_cast<unsigned char>(character);
    names.push_back(std::isalpha(code) != 0
                        ? "phonetic-ascii/" + std::to_string(std::tolower(code)) + ".wav"
                        : name_of(character));
  }
  return names;
}

Said not_a(std::string_view what, std::string_view text) {
  return base::failure("\"" + std::string(text.substr(0, 80)) + "\" is not " + std::string(what));
}

Said number(std::string_view text, std::string_view method) {
  if (method == "iterated") return one_by_one(text);
  const std::size_t point = text.find('.');
  const auto whole = base::parse_integer(text.substr(0, point));
  if (!whole) return not_a("a number", text);
  if (method == "counted") {
    if (*whole <= 0 || *whole > kNumberMax) return not_a("a number to count with", text);
    return say_ordinal(*whole);
  }
  if (*whole > kNumberMax || *whole < -kNumberMax) return one_by_one(text);
  Names names = say_number(*whole);
  if (point != std::string_view::npos) {
    names.emplace_back("digits/point.wav");
    append(*one_by_one(text.substr(point + 1)), names);
  }
  return names;
}

// Their number and the word for them: 1 hour, 2 hours.
void counted(std::int64_t count, const char* one, const char* many, Names& names) {
  append(say_number(count), names);
  names.emplace_back(count == 1 ? one : many);
}

Said currency(std::string_view text, std::string_view) {
  std::string plain(text);
  std::erase_if(plain, [](char sign) { return sign == '$' || sign == ','; });
  const bool is_negative = !plain.empty() && plain.front() == '-';
  if (is_negative) plain.erase(0, 1);
  const std::size_t point = plain.find('.');
  std::string after = point == std::string::npos ? "0" : plain.substr(point + 1, 2);
  if (after.size() == 1 && point != std::string::npos) after += '0';
  const auto dollars = base::parse_integer(point == 0 ? "0" : plain.substr(0, point));
  const auto cents = base::parse_integer(after);
  if (!dollars || !cents || *dollars < 0 || *dollars > kNumberMax || *cents < 0) {
    return not_a("an amount of money", text);
  }
  Names names;
  if (is_negative) names.emplace_back("currency/negative.wav");
  counted(*dollars, "currency/dollar.wav", "currency/dollars.wav", names);
  if (*cents > 0) {
    names.emplace_back("currency/and.wav");
    counted(*cents, "currency/cent.wav", "currency/cents.wav", names);
  }
  return names;
}

// Seconds, or H:MM:SS, or MM:SS. nullopt: neither.
std::optional<std::int64_t> seconds_of(std::string_view text) {
  std::int64_t total = 0;
  const auto parts = base::split(text, ':');
  if (parts.size() > 3) return std::nullopt;
  for (const std::string& part : parts) {
    const auto value = base::parse_integer(part);
    if (!value || *value < 0 || *value > kNumberMax) return std::nullopt;
    total = total * 60 + *value;
  }
  return total;
}

Said duration(std::string_view text, std::string_view) {
  const auto seconds = seconds_of(text);
  if (!seconds || *seconds > kNumberMax) return not_a("a duration in seconds", text);
  Names names;
  const std::int64_t hours = *seconds / 3600;
  const std::int64_t minutes = *seconds / 60 % 60;
  if (hours > 0) counted(hours, "time/hour.wav", "time/hours.wav", names);
  if (minutes > 0) counted(minutes, "time/minute.wav", "time/minutes.wav", names);
  if (*seconds % 60 > 0 || names.empty()) {
    counted(*seconds % 60, "time/second.wav", "time/seconds.wav", names);
  }
  return names;
}

// 14:05 is two oh five P M.
Names say_time(const dialplan::LocalTime& time) {
  Names names{digit(time.hour % 12 == 0 ? 12 : time.hour % 12)};
  if (time.minute == 0) {
    names.emplace_back("time/oclock.wav");
  } else {
    if (time.minute < 10) names.emplace_back("time/oh.wav");
    below_hundred(time.minute, names);
  }
  names.emplace_back(time.hour < 12 ? "time/a-m.wav" : "time/p-m.wav");
  return names;
}

// 2026 is twenty twenty six, 2005 two thousand five, 1900 nineteen hundred.
Names say_year(int year) {
  Names names;
  if (year % 1000 < 10) return say_number(year);
  below_hundred(year / 100, names);
  if (year % 100 == 0) {
    names.emplace_back("digits/hundred.wav");
  } else {
    if (year % 100 < 10) names.emplace_back("digits/oh.wav");
    below_hundred(year % 100, names);
  }
  return names;
}

std::string weekday(const dialplan::LocalTime& day) {
  return "time/day-" + std::to_string(day.wday - 1) + ".wav";
}

Names month_and_day(const dialplan::LocalTime& day) {
  Names names{"time/mon-" + std::to_string(day.mon - 1) + ".wav"};
  append(say_ordinal(day.mday), names);
  return names;
}

Names say_date(const dialplan::LocalTime& day) {
  Names names{weekday(day)};
  append(month_and_day(day), names);
  append(say_year(day.year), names);
  return names;
}

bool is_same_day(const dialplan::LocalTime& a, const dialplan::LocalTime& b) {
  return a.year == b.year && a.yday == b.yday;
}

// Today and yesterday by that word, the last week by the day's name.
Names say_short_date(std::int64_t at, const SayClock& clock) {
  const auto day = clock.local_time(at);
  const std::int64_t now = clock.unix_seconds;
  if (is_same_day(day, clock.local_time(now))) return {"time/today.wav"};
  if (is_same_day(day, clock.local_time(std::max<std::int64_t>(now - kDaySeconds, 0))))
    return {"time/yesterday.wav"};
  if (at < now && at > now - 6 * kDaySeconds) return {weekday(day)};
  return month_and_day(day);
}

// A Unix second; without one, now. nullopt: something else stands there.
std::optional<std::int64_t> instant_of(std::string_view text, const SayClock& clock) {
  if (text.empty() || base::equal_ignoring_case(text, "now")) return clock.unix_seconds;
  const auto at = base::parse_integer(text);
  if (!at || *at < 0 || *at > kUnixSecondsMax) return std::nullopt;
  return *at == 0 ? clock.unix_seconds : *at;
}

Said time(const std::string& type, std::string_view text, const SayClock& clock) {
  const auto at = instant_of(text, clock);
  if (!at) return not_a("a time in Unix seconds", text);
  const auto local = clock.local_time(*at);
  if (type == "current_time") return say_time(local);
  if (type == "current_date") return say_date(local);
  Names names = type == "short_date_time" ? say_short_date(*at, clock) : say_date(local);
  names.emplace_back("time/at.wav");
  append(say_time(local), names);
  return names;
}

Said spelled(std::string_view text, std::string_view) {
  return one_by_one(text);
}

Said phonetic(std::string_view text, std::string_view) {
  return phonetically(text);
}

struct Type {
  std::string_view name;
  Said (*say)(std::string_view text, std::string_view method);  // nullptr: a time.
};

constexpr std::array kTypes = {
    Type{"account_number", spelled},
    Type{"currency", currency},
    Type{"current_date", nullptr},
    Type{"current_date_time", nullptr},
    Type{"current_time", nullptr},
    Type{"email_address", spelled},
    Type{"ip_address", spelled},
    Type{"items", number},
    Type{"messages", number},
    Type{"name_phonetic", phonetic},
    Type{"name_spelled", spelled},
    Type{"number", number},
    Type{"persons", number},
    Type{"postal_address", spelled},
    Type{"short_date_time", nullptr},
    Type{"telephone_extension", spelled},
    Type{"telephone_number", spelled},
    Type{"time_measurement", duration},
    Type{"url", spelled},
};

const Type* find_type(std::string_view name) {
  const auto* const found = std::find_if(kTypes.begin(), kTypes.end(),
                                         [&](const Type& type) { return type.name == name; });
  return found == kTypes.end() ? nullptr : found;
}

}  // namespace

bool is_say_type(std::string_view type) {
  return find_type(base::to_lower(type)) != nullptr;
}

Names say_number(std::int64_t number) {
  Names names;
  if (number < 0) {
    names.emplace_back("currency/negative.wav");
    number = -number;
  }
  if (number >= 1'000'000) {
    below_thousand(number / 1'000'000 % 1000, names);
    names.emplace_back("digits/million.wav");
  }
  if (number / 1000 % 1000 > 0) {
    below_thousand(number / 1000 % 1000, names);
    names.emplace_back("digits/thousand.wav");
  }
  if (number % 1000 > 0 || number == 0) below_thousand(number % 1000, names);
  return names;
}

Said say(const SayWanted& wanted, const SayClock& clock) {
  const std::string type = base::to_lower(wanted.type);
  const std::string_view text = base::trim(wanted.text);
  const Type* const known = find_type(type);
  if (known == nullptr) return not_a("a type of say", wanted.type);
  if (text.size() > kSaidMax) return base::failure("the text is too long");
  auto said = known->say == nullptr ? time(type, text, clock)
                                    : known->say(text, base::to_lower(wanted.method));
  if (said && said->empty()) return base::failure("there is nothing to say");
  return said;
}

}  // namespace call
