#include "media/telephone_event.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace media {
namespace {

struct Step {
  std::uint32_t timestamp;
  std::vector<std::uint8_t> payload;
  std::uint32_t ssrc = 1;
};

std::vector<std::uint8_t> event(int code, int duration = 160, bool ended = false) {
  return {static_cast<std::uint8_t>(code), static_cast<std::uint8_t>((ended ? 0x80 : 0) | 10),
          static_cast<std::uint8_t>(duration >> 8), static_cast<std::uint8_t>(duration)};
}

std::string keys_of(const std::vector<Step>& steps) {
  DigitWatch watch;
  std::string keys;
  for (const Step& step : steps) {
    const RtpHeader header{.payload_type = 101, .timestamp = step.timestamp, .ssrc = step.ssrc};
    if (const auto key = watch.take(header, step.payload)) keys += *key;
  }
  return keys;
}

TEST(TelephoneEvent, PayloadIsReadOrTooShort) {
  const auto read = parse_telephone_event(event(11, 0x1234, true));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->code, 11);
  EXPECT_TRUE(read->ended);
  EXPECT_EQ(read->duration, 0x1234);
  EXPECT_FALSE(parse_telephone_event(std::vector<std::uint8_t>{1, 2, 3}));
}

TEST(DigitWatch, EveryKeyHasItsLetter) {
  std::vector<Step> steps;
  for (int code = 0; code < 20; ++code) {
    steps.push_back({static_cast<std::uint32_t>(code) * 1600u, event(code)});
  }
  EXPECT_EQ(keys_of(steps), "0123456789*#ABCD");
}

TEST(DigitWatch, APressIsToldOnce) {
  struct Case {
    const char* what;
    std::vector<Step> steps;
    std::string keys;
  };
  const Case cases[] = {
      {"repeated while held and at its end",
       {{800, event(5, 160)},
        {800, event(5, 320)},
        {800, event(5, 480, true)},
        {800, event(5, 480, true)},
        {800, event(5, 480, true)}},
       "5"},
      {"only its end arrives", {{800, event(5, 480, true)}}, "5"},
      {"the same key twice", {{800, event(5)}, {2400, event(5)}}, "55"},
      {"a late packet of the press before",
       {{800, event(5)}, {2400, event(6)}, {800, event(5, 480, true)}},
       "56"},
      {"held so long that it comes in segments",
       {{0, event(5, 0xffff)}, {0xffff, event(5, 160)}, {0xffff, event(5, 320, true)}},
       "5"},
      {"a press where the segment would begin, behind an end",
       {{0, event(5, 0xffff, true)}, {0xffff, event(5, 160)}},
       "55"},
      {"timestamps wrap", {{0xfffffff0, event(1)}, {0x100, event(2)}}, "12"},
      {"another stream", {{90000, event(1)}, {800, event(2), 2}}, "12"},
      {"the count begins anew", {{900'000, event(1)}, {800, event(2)}}, "12"},
      {"not a key, then a key", {{800, event(16)}, {2400, event(9)}}, "9"},
      {"too short", {{800, {1, 2}}, {2400, event(9)}}, "9"},
  };
  for (const Case& one : cases) EXPECT_EQ(keys_of(one.steps), one.keys) << one.what;
}

}  // namespace
}  // namespace media
