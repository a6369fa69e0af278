#include "call/say.h"

#include <gtest/gtest.h>

namespace call {
namespace {

// Days since 1970 in the calendar of UTC, enough for the dates below.
dialplan::LocalTime utc(std::int64_t seconds) {
  const std::int64_t days = seconds / 86'400;
  dialplan::LocalTime time;
  time.hour = static_cast<int>(seconds / 3600 % 24);
  time.minute = static_cast<int>(seconds / 60 % 60);
  time.wday = static_cast<int>((days + 4) % 7) + 1;
  // 2026-11-23 is day 20780.
  time.year = 2026;
  time.mon = 11;
  time.mday = static_cast<int>(days - 20'780) + 23;
  time.yday = 327 + static_cast<int>(days - 20'780);
  return time;
}

constexpr std::int64_t kMonday = 20'780 * 86'400;  // 2026-11-23, 00:00.

// The words without folders and endings, so that a line below reads as it sounds.
std::string heard(const std::string& type, const std::string& method, const std::string& text) {
  const SayClock clock{kMonday + 14 * 3600 + 300, utc};
  const auto names = say({type, method, text}, clock);
  if (!names) return names.error();
  std::string words;
  for (const std::string& name : *names) {
    const std::size_t folder = name.find('/') + 1;
    words += (words.empty() ? "" : " ") + name.substr(folder, name.size() - folder - 4);
  }
  return words;
}

TEST(Say, NumbersArePronouncedFromRecordedWords) {
  for (const auto& [text, words] : {std::pair{"0", "0"},
                                    {"7", "7"},
                                    {"20", "20"},
                                    {"21", "20 1"},
                                    {"99", "90 9"},
                                    {"100", "1 hundred"},
                                    {"115", "1 hundred 15"},
                                    {"1000", "1 thousand"},
                                    {"12345", "12 thousand 3 hundred 40 5"},
                                    {"7000001", "7 million 1"},
                                    {"-5", "negative 5"},
                                    {"3.14", "3 point 1 4"},
                                    {"1234567890", "1 2 3 4 5 6 7 8 9 0"}}) {
    EXPECT_EQ(heard("NUMBER", "PRONOUNCED", text), words);
  }
}

TEST(Say, NumbersAreIteratedAndCounted) {
  EXPECT_EQ(heard("number", "iterated", "1205#"), "1 2 0 5 pound");
  EXPECT_EQ(heard("number", "counted", "3"), "h-3");
  EXPECT_EQ(heard("items", "counted", "21"), "20 h-1");
  EXPECT_EQ(heard("number", "counted", "30"), "h-30");
  EXPECT_EQ(heard("number", "counted", "112"), "1 hundred h-12");
  EXPECT_EQ(heard("number", "counted", "200"), "2 h-hundred");
  EXPECT_EQ(heard("telephone_number", "iterated", "+49 30-12"), "43 4 9 3 0 1 2");
}

TEST(Say, DurationsHaveTheirUnits) {
  EXPECT_EQ(heard("time_measurement", "pronounced", "0"), "0 seconds");
  EXPECT_EQ(heard("time_measurement", "pronounced", "61"), "1 minute 1 second");
  EXPECT_EQ(heard("time_measurement", "pronounced", "7322"), "2 hours 2 minutes 2 seconds");
  EXPECT_EQ(heard("time_measurement", "pronounced", "1:00:00"), "1 hour");
}

TEST(Say, MoneyIsDollarsAndCents) {
  EXPECT_EQ(heard("currency", "pronounced", "1.05"), "1 dollar and 5 cents");
  EXPECT_EQ(heard("currency", "pronounced", "$1,200"), "1 thousand 2 hundred dollars");
  EXPECT_EQ(heard("currency", "pronounced", "-2.5"), "negative 2 dollars and 50 cents");
}

TEST(Say, TimesAreOfTheListenersClock) {
  const std::string at = std::to_string(kMonday + 9 * 3600);

  EXPECT_EQ(heard("current_time", "pronounced", ""), "2 oh 5 p-m");
  EXPECT_EQ(heard("current_time", "pronounced", at), "9 oclock a-m");
  EXPECT_EQ(heard("current_date", "pronounced", at), "day-1 mon-10 20 h-3 20 20 6");
  EXPECT_EQ(heard("current_date_time", "pronounced", at),
            "day-1 mon-10 20 h-3 20 20 6 at 9 oclock a-m");
}

TEST(Say, ShortTimesNameTheDayAsPeopleDo) {
  const auto heard_at = [](std::int64_t days) {
    return heard("short_date_time", "pronounced", std::to_string(kMonday + 43'200 + days * 86'400));
  };

  EXPECT_EQ(heard_at(0), "today at 12 oclock p-m");
  EXPECT_EQ(heard_at(-1), "yesterday at 12 oclock p-m");
  EXPECT_EQ(heard_at(-3), "day-5 at 12 oclock p-m");
  EXPECT_EQ(heard_at(-20), "mon-10 h-3 at 12 oclock p-m");
}

TEST(Say, LettersAreSpelledAndTheirWordsUsed) {
  EXPECT_EQ(heard("name_spelled", "pronounced", "Ab 1"), "97 98 1");
  EXPECT_EQ(heard("name_phonetic", "pronounced", "Ab"), "97 98");
  EXPECT_EQ(say({"name_phonetic", "", "A"}, {})->front(), "phonetic-ascii/97.wav");
}

TEST(Say, WhatCannotBeSaidIsNamed) {
  EXPECT_EQ(heard("number", "pronounced", "many"), "\"many\" is not a number");
  EXPECT_EQ(heard("colour", "pronounced", "red"), "\"colour\" is not a type of say");
  EXPECT_EQ(heard("current_time", "pronounced", "noon"), "\"noon\" is not a time in Unix seconds");
  EXPECT_EQ(heard("time_measurement", "pronounced", "1:2:3:4"),
            "\"1:2:3:4\" is not a duration in seconds");
  EXPECT_EQ(heard("name_spelled", "pronounced", "!"), "there is nothing to say");
  EXPECT_EQ(heard("number", "iterated", std::string(201, '1')), "the text is too long");
}

}  // namespace
}  // namespace call
