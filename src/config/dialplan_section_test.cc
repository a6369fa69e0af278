#include "config/dialplan_section.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/files_testing.h"

namespace config {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using testing::Reading;

struct Outcome {
  dialplan::Dialplan dialplan;
  std::string problems;
};

// Actions name the file by its whole path; here it is enough that it is "x".
void shorten_places(std::vector<dialplan::Condition>& conditions) {
  for (auto& condition : conditions) {
    for (auto* const actions : {&condition.actions, &condition.anti_actions}) {
      for (auto& action : *actions) action.place.erase(0, action.place.rfind('/') + 1);
    }
    shorten_places(condition.nested);
  }
}

Outcome read(const std::string& section) {
  Reading reading("<section name=\"dialplan\">\n" + section + "</section>");
  Outcome outcome;
  read_dialplan(reading.root(), outcome.dialplan, reading.problems());
  outcome.problems = reading.shown();
  for (auto& context : outcome.dialplan.contexts) {
    for (auto& extension : context.extensions) shorten_places(extension.conditions);
  }
  return outcome;
}

Outcome read_extension(const std::string& inside) {
  return read("<context name=\"c\"><extension name=\"e\">\n" + inside + "</extension></context>");
}

const dialplan::Condition& only_condition(const Outcome& outcome) {
  return outcome.dialplan.contexts.at(0).extensions.at(0).conditions.at(0);
}

TEST(DialplanSection, EverythingWrittenIsThere) {
  const auto outcome = read(
      "<context name=\"default\"><extension name=\"queue\" continue=\"true\">"
      "<condition field=\"destination_number\" expression=\"^q-(.+)$\" wday=\"2-6\" "
      "break=\"on-true\"><action application=\"callcenter\" data=\"$1@default\"/>"
      "<action application=\"answer\"/><anti-action application=\"hangup\" data=\"USER_BUSY\"/>"
      "</condition><condition/></extension></context>");

  dialplan::Condition first;
  first.test.field = "destination_number";
  first.test.expression = "^q-(.+)$";
  first.test.times = {{"wday", "2-6"}};
  first.break_rule = dialplan::Break::OnTrue;
  first.actions = {{"callcenter", "$1@default", false, "x:2"}, {"answer", "", false, "x:2"}};
  first.anti_actions = {{"hangup", "USER_BUSY", false, "x:2"}};
  const dialplan::Extension extension{"queue", true, {first, {}}};
  EXPECT_EQ(outcome.dialplan.contexts, (std::vector<dialplan::Context>{{"default", {extension}}}));
  EXPECT_EQ(outcome.problems, "");
}

TEST(DialplanSection, ExpressionsAndDataMayBeText) {
  const auto outcome = read_extension(
      "<condition field=\"${x}\"><expression><![CDATA[^<7>$]]></expression>"
      "<action application=\"log\"><![CDATA[INFO <b>]]></action></condition>");

  EXPECT_EQ(only_condition(outcome).test.expression, "^<7>$");
  EXPECT_EQ(only_condition(outcome).actions.at(0).data, "INFO <b>");
  EXPECT_EQ(outcome.problems, "");
}

TEST(DialplanSection, WrongConditionsAreErrorsWithTheirLine) {
  const auto outcome = read_extension(
      "<condition field=\"destination_number\" expression=\"^(7\"/>\n"
      "<condition field=\"destination_number\"/>\n<condition expression=\"7\"/>\n"
      "<condition field=\"\" expression=\"7\"/>\n<condition break=\"later\"/>\n"
      "<condition wday=\"9\"/>\n<condition expresion=\"7\"/>\n"
      "<condition><action data=\"x\"/></condition>");

  EXPECT_THAT(outcome.problems,
              AllOf(HasSubstr("x:3: error: extension e: the expression \"^(7\" is not a regular"),
                    HasSubstr("x:4: error: extension e: condition with field= but without"),
                    HasSubstr("x:5: error: extension e: condition with expression= but without"),
                    HasSubstr("x:6: error: extension e: field is empty"),
                    HasSubstr("x:7: error: extension e: break is \"later\", expected on-false"),
                    HasSubstr("x:8: error: extension e: wday is \"9\", expected numbers"),
                    HasSubstr("x:9: error: extension e: unknown attribute expresion"),
                    HasSubstr("(did you mean expression?)"),
                    HasSubstr("x:10: error: extension e: <action> without application=")));
}

TEST(DialplanSection, UnknownApplicationsAreNamed) {
  const auto outcome = read_extension(
      "<condition>\n<action application=\"calcenter\"/>\n<action application=\"presence\"/>\n"
      "<action application=\"answer\" inline=\"true\" date=\"x\"/></condition>");

  EXPECT_EQ(only_condition(outcome).actions.size(), 3U);
  EXPECT_THAT(outcome.problems,
              AllOf(HasSubstr("x:4: warning: extension e: unknown application calcenter"),
                    HasSubstr("(did you mean callcenter?)"),
                    HasSubstr("x:5: warning: extension e: application presence is not supported"),
                    HasSubstr("x:6: warning: extension e: answer cannot run inline; it runs when"),
                    HasSubstr("x:6: warning: extension e: unknown attribute date")));
}

TEST(DialplanSection, RegexElementsAreTests) {
  const auto outcome = read_extension(
      "<condition regex=\"XOR\"><regex field=\"a\" expression=\"^1$\"/>"
      "<regex field=\"b\"><expression>2</expression></regex>"
      "<regex wday=\"1\" tz-offset=\"-5\"/></condition>");

  EXPECT_EQ(only_condition(outcome).needed, dialplan::Needed::ExactlyOne);
  EXPECT_EQ(only_condition(outcome).further,
            (std::vector<dialplan::Test>{
                {"a", "^1$", {}}, {"b", "2", {}}, {"", "", {{"wday", "1"}}, -5}}));
  EXPECT_EQ(outcome.problems, "");
}

TEST(DialplanSection, ConditionsMayStandInConditions) {
  const auto outcome = read_extension(
      "<condition require-nested=\"false\"><action application=\"set\" data=\"a=b\" "
      "inline=\"true\"/><condition field=\"a\" expression=\"b\" break=\"never\"/></condition>");

  dialplan::Condition inner;
  inner.test = {"a", "b", {}};
  inner.break_rule = dialplan::Break::Never;
  dialplan::Condition outer;
  outer.actions = {{"set", "a=b", true, "x:3"}};
  outer.nested = {inner};
  outer.needs_nested = false;
  EXPECT_EQ(only_condition(outcome), outer);
  EXPECT_EQ(outcome.problems, "");
}

TEST(DialplanSection, WrongTestsInsideConditionsAreErrors) {
  std::string deep;
  for (int i = 0; i < 9; ++i) deep += "<condition>";
  for (int i = 0; i < 9; ++i) deep += "</condition>";
  const auto outcome = read_extension(
      "<condition regex=\"some\"><regex field=\"a\" expression=\"(\"/></condition>\n"
      "<condition regex=\"any\"/>\n<condition><regex field=\"a\" expression=\"b\"/></condition>\n"
      "<condition tz-offset=\"25\" wday=\"1\"/>\n<condition regex=\"all\"><regex filed=\"a\"/>"
      "</condition>\n<condition><condition field=\"a\"/></condition>\n" +
      deep);

  EXPECT_THAT(
      outcome.problems,
      AllOf(HasSubstr("x:3: error: extension e: regex is \"some\", expected all, any or xor"),
            HasSubstr("x:3: error: extension e: the expression \"(\" is not a regular"),
            HasSubstr("x:4: error: extension e: regex= and <regex> elements belong"),
            HasSubstr("x:5: error: extension e: regex= and <regex> elements belong"),
            HasSubstr("x:6: error: extension e: tz-offset is \"25\", expected the hours"),
            HasSubstr("x:7: error: extension e: unknown attribute filed"),
            HasSubstr("x:8: error: extension e: condition with field= but without"),
            HasSubstr("x:9: error: extension e: conditions inside conditions, deeper")));
}

TEST(DialplanSection, OddElementsAreNamed) {
  const auto outcome = read(
      "<context/>\n<contexts name=\"x\"/>\n<context name=\"c\"><extensions/>"
      "<extension><conditions/></extension></context>\n<context name=\"c\"/>");

  EXPECT_EQ(outcome.dialplan.contexts.size(), 1U);
  EXPECT_THAT(outcome.problems,
              AllOf(HasSubstr("x:2: error: <context> without name="),
                    HasSubstr("x:3: warning: unknown element <contexts>"),
                    HasSubstr("x:4: warning: context c: unknown element <extensions>"),
                    HasSubstr("x:4: warning: extension without a name: unknown element"),
                    HasSubstr("x:5: warning: context c is defined twice")));
}

}  // namespace
}  // namespace config
