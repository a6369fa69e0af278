#include "sip/info_digit.h"

#include <gtest/gtest.h>

namespace sip {
namespace {

constexpr const char* kRelay = "application/dtmf-relay";
constexpr const char* kPlain = "Application/DTMF";

TEST(InfoDigit, BothKindsTellAKey) {
  EXPECT_EQ(digit_of_info(kRelay, "Signal=5\r\nDuration=160\r\n"), "5");
  EXPECT_EQ(digit_of_info(kRelay, "Duration=160\nsignal = #\n"), "#");
  EXPECT_EQ(digit_of_info(kPlain, "7"), "7");
  EXPECT_EQ(digit_of_info(kPlain, " *\r\n"), "*");
}

TEST(InfoDigit, KeysMayBeEventNumbersOrSmallLetters) {
  EXPECT_EQ(digit_of_info(kRelay, "Signal=10\r\n"), "*");
  EXPECT_EQ(digit_of_info(kRelay, "Signal=11"), "#");
  EXPECT_EQ(digit_of_info(kRelay, "Signal=d"), "D");
}

TEST(InfoDigit, AnythingElseIsNoKey) {
  for (const char* body : {"", "Signal=", "Signal=16", "Signal=5x", "Duration=160", "Signal=-1"}) {
    EXPECT_FALSE(digit_of_info(kRelay, body)) << body;
  }
  EXPECT_FALSE(digit_of_info(kPlain, "E"));
  EXPECT_FALSE(digit_of_info("application/sdp", "5"));
  EXPECT_FALSE(digit_of_info("", "5"));
}

}  // namespace
}  // namespace sip
