#include "base/text.h"

#include <gtest/gtest.h>

namespace base {
namespace {

TEST(Text, LenientIntegerIsWhatAtoiWouldSay) {
  EXPECT_EQ(lenient_integer("1.5"), 1);
  EXPECT_EQ(lenient_integer(" -12abc"), -12);
  EXPECT_EQ(lenient_integer("abc"), 0);
  EXPECT_EQ(lenient_integer(""), 0);
  EXPECT_EQ(lenient_integer("99999999999999999999"), INT64_MAX);
}

TEST(Text, ParseIntegerTakesWholeNumbersOnly) {
  EXPECT_EQ(parse_integer("-3"), -3);
  EXPECT_EQ(parse_integer("+3"), 3);
  EXPECT_FALSE(parse_integer("3x").has_value());
  EXPECT_FALSE(parse_integer("").has_value());
  EXPECT_FALSE(parse_integer("99999999999999999999").has_value());
}

TEST(Text, UrlCodeSurvivesARoundTrip) {
  const std::string odd = "a b%c\n\"ü\"<sip:1@2>";

  EXPECT_EQ(url_decode(url_encode(odd)), odd);
  EXPECT_EQ(url_encode("a b"), "a%20b");
  EXPECT_EQ(url_encode("Ann & Bob: 100%"), "Ann%20%26%20Bob%3A%20100%25");
  EXPECT_EQ(url_encode("sofia/q@default"), "sofia/q%40default");
  EXPECT_EQ(url_decode("%zz%4"), "%zz%4");
}

TEST(Text, TrueWordsAreThoseOfTheOriginal) {
  for (const char* word : {"yes", "ON", "True", "t", "enabled", "active", "allow", "1", "-2"}) {
    EXPECT_TRUE(is_true(word)) << word;
  }
  for (const char* word : {"", "no", "0", "2x", "y"}) EXPECT_FALSE(is_true(word)) << word;
}

TEST(Text, SplitKeepsEmptyParts) {
  EXPECT_EQ(split("a,,b", ','), (std::vector<std::string>{"a", "", "b"}));
  EXPECT_EQ(split("", ','), (std::vector<std::string>{""}));
}

}  // namespace
}  // namespace base
