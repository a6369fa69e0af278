#include "api/arithmetic.h"

#include <gtest/gtest.h>

namespace api {
namespace {

TEST(Arithmetic, FollowsTheRulesOfSchool) {
  const struct {
    std::string_view text;
    std::string_view result;
  } sums[] = {
      {"1+1", "2"},
      {" 1 + 2 * 3 ", "7"},
      {"(1+2)*3", "9"},
      {"7/2", "3.5"},
      {"1/3", "0.333333"},
      {"-7/2", "-3.5"},
      {"7%4", "3"},
      {"-7%4", "-3"},
      {"2^10", "1024"},
      {"2^3^2", "512"},
      {"2^-0", "1"},
      {"(-1)^999", "-1"},
      {"1.5+.5", "2"},
      {"3--2", "5"},
      {"0.1+0.2==0.3", "1"},
      {"2<1||3>=3", "1"},
      {"2<1&&3>=3", "0"},
      {"!0+!5", "1"},
      {"1!=2", "1"},
      {"1.2345678", "1.234567"},
      {"-0.000001", "-0.000001"},
      {"9223372036854", "9223372036854"},
  };

  for (const auto& sum : sums) EXPECT_EQ(calculate(sum.text).value(), sum.result) << sum.text;
}

TEST(Arithmetic, SaysWhyThereIsNoResult) {
  const struct {
    std::string text;
    std::string_view why;
  } sums[] = {
      {"", "a number is missing at the end"},
      {"1+", "a number is missing at the end"},
      {"abc", "unexpected a"},
      {"1 2", "unexpected 2"},
      {"(1", "a bracket is not closed"},
      {"1/0", "division by zero"},
      {"1%(2-2)", "division by zero"},
      {"2^0.5", "an exponent is a whole number from 0 on"},
      {"2^-1", "an exponent is a whole number from 0 on"},
      {"9223372036855", "the result is too large"},
      {"1^1001", "the exponent is too large"},
      {"10^13", "the result is too large"},
      {"9000000000000*9000000000000", "the result is too large"},
      {std::string(100, '('), "nested too deep"},
      {std::string(100, '-') + "1", "nested too deep"},
      {"2" + std::string(200, '^'), "unexpected ^"},
      {std::string(2000, '1'), "the expression is too long"},
  };

  for (const auto& sum : sums) {
    const auto result = calculate(sum.text);
    ASSERT_FALSE(result.has_value()) << sum.text;
    EXPECT_EQ(result.error(), sum.why) << sum.text;
  }
}

}  // namespace
}  // namespace api
