// What a call makes of its dialplan: conditions that see what actions set, the hours of its time
// zone, and applications that nobody knows.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/rehearsal.h"

namespace core {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

dialplan::Condition when(std::string field, std::string expression,
                         std::vector<dialplan::Action> actions) {
  dialplan::Condition condition;
  condition.test.field = std::move(field);
  condition.test.expression = std::move(expression);
  condition.actions = std::move(actions);
  return condition;
}

// The dialplan of the context `default` is one extension.
Configuration with(std::vector<dialplan::Condition> conditions) {
  Configuration configuration = stage_configuration();
  dialplan::Extension extension;
  extension.conditions = std::move(conditions);
  configuration.dialplan.contexts = {{"default", {extension}}};
  return configuration;
}

std::string variable(const Rehearsal& stage, const std::string& name) {
  const auto event = stage.hangup_of("inbound");
  return event ? std::string(event->get("variable_" + name)) : "no event";
}

TEST(DialplanConditions, AnUnknownApplicationIsAnErrorWithItsPlaceAndTheNextActionRuns) {
  Rehearsal stage(with(
      {when("destination_number", "^7$",
            {{"juggle", "3", false, "default.xml:12"}, {"set", "next=ran"}, {"hangup", ""}})}));

  stage.call("7");

  ASSERT_THAT(stage.all<LogLine>(), SizeIs(1));
  EXPECT_EQ(stage.all<LogLine>()[0].level, LogLine::Level::Error);
  EXPECT_EQ(
      stage.all<LogLine>()[0].text,
      "default.xml:12: unknown application juggle; the dialplan goes on with the next action");
  EXPECT_EQ(variable(stage, "next"), "ran");
}

TEST(DialplanConditions, WhatIsSetInlineIsSeenByTheNextCondition) {
  Rehearsal stage(with({when("destination_number", "^(.)(.)$", {{"set", "first=$1", true}}),
                        when("${first}", "^7$", {{"set", "second=${first}!"}, {"hangup", ""}})}));

  stage.call("70");
  EXPECT_EQ(variable(stage, "second"), "7!");

  stage.forget();
  stage.call("80");
  EXPECT_EQ(variable(stage, "second"), "");
}

TEST(DialplanConditions, CapturedTextOfAnInlineActionIsNotExpanded) {
  Rehearsal stage(with({when("destination_number", "^(.*)$", {{"set", "dialled=$1", true}}),
                        when("", "", {{"hangup", ""}})}));

  stage.call("${uuid}");

  EXPECT_EQ(variable(stage, "dialled"), "${uuid}");
}

// Which clock the hours of a condition are read from.
class ZoneOfCall : public ::testing::Test {
 protected:
  // The branch that a call takes whose first action is `before`, when a condition asks for the hour
  // in which a place is that many hours ahead of UTC.
  static std::string branch(const std::string& before, int hours,
                            std::optional<int> condition_offset = {}) {
    dialplan::Condition hour = when("", "", {{"set", "branch=there"}});
    hour.break_rule = dialplan::Break::Never;
    hour.anti_actions = {{"set", "branch=elsewhere"}};
    hour.test.times = {{"hour", std::to_string((24 + hour_of_stage() + hours) % 24)}};
    hour.test.utc_offset_hours = condition_offset;
    Configuration configuration =
        with({when("destination_number", "^7$", {{"set", before, true}}), hour});
    configuration.time_zones = {{"Asia/Tokyo", "JST-9"}};
    Rehearsal stage(configuration);
    stage.call("7");
    return variable(stage, "branch");
  }

  static int hour_of_stage() {
    Rehearsal stage(stage_configuration());
    return std::stoi(stage.api("strftime %H"));
  }
};

TEST_F(ZoneOfCall, WithoutOneItIsTheServers) {
  EXPECT_EQ(branch("a=b", 0), "there");
  EXPECT_EQ(branch("a=b", 1), "elsewhere");
}

TEST_F(ZoneOfCall, TheVariableTimezoneNamesOne) {
  EXPECT_EQ(branch("timezone=Asia/Tokyo", 9), "there");
  EXPECT_EQ(branch("timezone=<X>4", -4), "there");
}

TEST_F(ZoneOfCall, AnOffsetGoesBeforeTheName) {
  EXPECT_EQ(branch("tod_tz_offset=-3", -3), "there");
  EXPECT_EQ(branch("tod_tz_offset=99", 0), "there");
  EXPECT_EQ(branch("timezone=Asia/Tokyo", 5, 5), "there");
}

TEST_F(ZoneOfCall, AnUnknownOneIsTheServersAndSaid) {
  dialplan::Condition hour = when("", "", {{"hangup", ""}});
  hour.test.times = {{"hour", "0-23"}};
  Rehearsal stage(
      with({when("destination_number", "^7$", {{"set", "timezone=Moon/Base", true}}), hour}));

  stage.call("7");

  EXPECT_TRUE(stage.hangup_of("inbound"));
  ASSERT_THAT(stage.all<LogLine>(), SizeIs(1));
  EXPECT_THAT(stage.all<LogLine>()[0].text, HasSubstr("unknown time zone Moon/Base"));
}

}  // namespace
}  // namespace core
