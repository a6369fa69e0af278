#include "dialplan/expression.h"

#include <gtest/gtest.h>

namespace dialplan {
namespace {

std::vector<std::string> groups(std::string_view expression, std::string_view subject) {
  const auto compiled = Expression::compile(expression);
  EXPECT_TRUE(compiled) << expression;
  return compiled ? compiled->match(subject).groups : std::vector<std::string>();
}

using Groups = std::vector<std::string>;

TEST(Expression, GivesTheMatchAndItsGroups) {
  EXPECT_EQ(groups("^(\\d)(\\d+)$", "1234"), (Groups{"1234", "1", "234"}));
  EXPECT_EQ(groups("b", "abc"), (Groups{"b"}));
  EXPECT_EQ(groups("^(a)|(b)$", "b"), (Groups{"b", "", "b"}));
  EXPECT_EQ(groups("^$", ""), (Groups{""}));
  EXPECT_EQ(groups("^7000$", "70001"), Groups{});
}

TEST(Expression, TakesFlagsAfterSlashes) {
  EXPECT_EQ(groups("/^sales$/i", "SALES"), (Groups{"SALES"}));
  EXPECT_EQ(groups("^sales$", "SALES"), Groups{});
  EXPECT_EQ(groups("/path", "a/path"), (Groups{"/path"}));
}

TEST(Expression, RefusesWhatIsBrokenAndSaysWhere) {
  EXPECT_NE(Expression::compile("^(70").error().find("at offset 4"), std::string::npos);
  EXPECT_FALSE(Expression::compile(std::string(kExpressionBytesMax + 1, 'a')));
}

TEST(Expression, GivesUpOnHostileBacktracking) {
  const auto expression = Expression::compile("^(a+)+$");

  const Matched matched = expression->match(std::string(200, 'a') + "b");

  EXPECT_FALSE(matched);
  EXPECT_FALSE(matched.problem.empty());
}

TEST(Expression, KnowsWhatMayBecomeAMatch) {
  const auto expression = Expression::compile("^7[0-9]{3}$");

  EXPECT_TRUE(expression->may_begin("7"));
  EXPECT_TRUE(expression->may_begin("712"));
  EXPECT_TRUE(expression->may_begin("7123"));
  EXPECT_FALSE(expression->may_begin("71234"));
  EXPECT_FALSE(expression->may_begin("8"));
  EXPECT_FALSE(expression->may_begin(std::string(kSubjectBytesMax + 1, '7')));
}

TEST(Expression, DoesNotSearchVeryLongTexts) {
  const auto expression = Expression::compile("a");

  EXPECT_FALSE(expression->match(std::string(kSubjectBytesMax + 1, 'a')));
}

TEST(Expression, QuotedTextMatchesOnlyItself) {
  const std::string odd("a.b*(c)\\E$\0 ü", 14);
  const auto expression = Expression::compile("^" + quote_for_expression(odd) + "$");

  EXPECT_TRUE(expression->match(odd));
  EXPECT_FALSE(expression->match("axb*(c)"));
}

}  // namespace
}  // namespace dialplan
