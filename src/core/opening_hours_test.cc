// The published sample of opening hours, by the second: open on weekdays from nine to five. Both
// ends of a range count, as in the original: at five sharp it is open.
#include <gtest/gtest.h>

#include "core/call_flow_testing.h"

namespace core {
namespace {

// Where Germany keeps its clocks: summer time from the last Sunday in March to that in October.
constexpr const char* kBerlin = "CET-1CEST,M3.5.0,M10.5.0/3";
constexpr std::int64_t kDay = 86'400;
// 2 March 2026, a Monday, 00:00:00 UTC.
constexpr std::int64_t kMonday = 1'772'409'600;

dialplan::Action set_branch(std::string value) {
  dialplan::Action action;
  action.application = "set";
  action.data = "branch=" + std::move(value);
  return action;
}

Configuration with_opening_hours() {
  Configuration configuration = stage_configuration();
  configuration.local_zone = kBerlin;
  dialplan::Action end;
  end.application = "hangup";
  dialplan::Condition number;
  number.test.field = "destination_number";
  number.test.expression = "^7$";
  dialplan::Condition open;
  open.test.times = {{"wday", "2-6"}, {"time-of-day", "09:00-17:00"}};
  open.break_rule = dialplan::Break::OnTrue;
  open.actions = {set_branch("open"), end};
  dialplan::Condition closed;
  closed.actions = {set_branch("closed"), end};
  dialplan::Extension extension;
  extension.conditions = {number, open, closed};
  configuration.dialplan.contexts = {{"default", {extension}}};
  return configuration;
}

struct Call {
  const char* when;  // On a clock in Berlin.
  std::int64_t unix_seconds;
  const char* branch;
};
void PrintTo(const Call& call, std::ostream* out) {
  *out << call.when;
}

constexpr std::int64_t at(std::int64_t day, int hour, int minute, int second) {
  return kMonday + day * kDay + hour * 3600 + minute * 60 + second;
}

class OpeningHours : public testing::TestWithParam<Call> {};

TEST_P(OpeningHours, ChooseTheBranch) {
  Rehearsal stage(with_opening_hours());
  const std::int64_t begun_ms = std::stoll(stage.api("strftime %s")) * 1000;
  // The stage's own clock stands within a second.
  const base::Instant begun = stage.now();
  const std::int64_t into_second = begun.time_since_epoch().count() % 1000;
  stage.wait(std::chrono::milliseconds(GetParam().unix_seconds * 1000 - begun_ms - into_second));
  ASSERT_EQ(stage.api("strftime %s"), std::to_string(GetParam().unix_seconds));

  stage.call("7");

  const auto event = stage.hangup_of("inbound");
  ASSERT_TRUE(event);
  EXPECT_EQ(event->get("variable_branch"), GetParam().branch);
}

// In winter Berlin is one hour ahead of UTC, in summer two.
INSTANTIATE_TEST_SUITE_P(
    , OpeningHours,
    testing::Values(Call{"Monday 08:59:59", at(0, 7, 59, 59), "closed"},
                    Call{"Monday 09:00:00", at(0, 8, 0, 0), "open"},
                    Call{"Friday 16:59:59", at(4, 15, 59, 59), "open"},
                    Call{"Friday 17:00:00", at(4, 16, 0, 0), "open"},
                    Call{"Friday 17:00:01", at(4, 16, 0, 1), "closed"},
                    Call{"Saturday noon", at(5, 11, 0, 0), "closed"},
                    Call{"Sunday noon", at(6, 11, 0, 0), "closed"},
                    Call{"Friday before summer time, 08:59:59", at(25, 7, 59, 59), "closed"},
                    Call{"Friday before summer time, 09:00:00", at(25, 8, 0, 0), "open"},
                    Call{"Monday in summer time, 08:59:59", at(28, 6, 59, 59), "closed"},
                    Call{"Monday in summer time, 09:00:00", at(28, 7, 0, 0), "open"},
                    Call{"Friday in summer time, 16:59:59", at(235, 14, 59, 59), "open"},
                    Call{"Friday in summer time, 17:00:01", at(235, 15, 0, 1), "closed"},
                    Call{"Monday in winter again, 08:59:59", at(238, 7, 59, 59), "closed"},
                    Call{"Monday in winter again, 09:00:00", at(238, 8, 0, 0), "open"}));

}  // namespace
}  // namespace core
