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

Outcome read(const std::string& section) {
  Reading reading("<section name=\"dialplan\">\n" + section + "</section>");
  Outcome outcome;
  read_dialplan(reading.root(), outcome.dialplan, reading.problems());
  outcome.problems = reading.shown();
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
  first.field = "destination_number";
  first.expression = "^q-(.+)$";
  first.times = {{"wday", "2-6"}};
  first.break_rule = dialplan::Break::OnTrue;
  first.actions = {{"callcenter", "$1@default"}, {"answer", ""}};
  first.anti_actions = {{"hangup", "USER_BUSY"}};
  const dialplan::Extension extension{"queue", true, {first, {}}};
  EXPECT_EQ(outcome.dialplan.contexts, (std::vector<dialplan::Context>{{"default", {extension}}}));
  EXPECT_EQ(outcome.problems, "");
}

TEST(DialplanSection, ExpressionsAndDataMayBeText) {
  const auto outcome = read_extension(
      "<condition field=\"${x}\"><expression><![CDATA[^<7>$]]></expression>"
      "<action application=\"log\"><![CDATA[INFO <b>]]></action></condition>");

  EXPECT_EQ(only_condition(outcome).expression, "^<7>$");
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
      "<condition>\n<action application=\"calcenter\"/>\n<action application=\"voicemail\"/>\n"
      "<action application=\"answer\" inline=\"true\" date=\"x\"/></condition>");

  EXPECT_EQ(only_condition(outcome).actions.size(), 3U);
  EXPECT_THAT(outcome.problems,
              AllOf(HasSubstr("x:4: warning: extension e: unknown application calcenter"),
                    HasSubstr("(did you mean callcenter?)"),
                    HasSubstr("x:5: warning: extension e: application voicemail is not supported"),
                    HasSubstr("x:6: warning: extension e: inline is not supported yet"),
                    HasSubstr("x:6: warning: extension e: unknown attribute date")));
}

TEST(DialplanSection, WhatWouldRouteOtherwiseIsLeftOutWhole) {
  for (const std::string inside :
       {"<condition regex=\"any\"><regex field=\"a\" expression=\"b\"/></condition>",
        "<condition tz-offset=\"1\" wday=\"2\"/>",
        "<condition><condition field=\"a\" expression=\"b\"/></condition>"}) {
    const auto outcome = read_extension(inside);

    EXPECT_TRUE(outcome.dialplan.contexts.at(0).extensions.empty()) << inside;
    EXPECT_THAT(outcome.problems, HasSubstr("the whole extension is left out"));
    EXPECT_EQ(outcome.problems.find("error"), std::string::npos);
  }
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
