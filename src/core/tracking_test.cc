// callcenter_track: calls outside the queues, and the application `info`.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/call_flow_testing.h"

namespace core {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Tracking : public CallFlow {
 protected:
  Tracking() : stage_(configuration(), GetParam()) {}

  static Configuration configuration() {
    Configuration made = with_agents({"ann"});
    add_extension(made, "^track-(.*)$", {{"callcenter_track", "$1"}, {"answer", ""}, {"park", ""}});
    add_extension(made, "^twice-(.+)$",
                  {{"callcenter_track", "$1"}, {"callcenter_track", "$1"}, {"park", ""}});
    add_extension(made, "^info$", {{"set", "colour=blue"}, {"info", "warning"}, {"park", ""}});
    return made;
  }
  std::string calls_of_ann() {
    const std::string row = stage_.api("callcenter_config agent list ann");
    const std::size_t end = row.find("\n+OK");
    return row.substr(row.rfind('|', end) + 1, end - row.rfind('|', end) - 1);
  }

  Rehearsal stage_;
};

INSTANTIATE_TEST_SUITE_P(, Tracking, both_persistences(), name_of_persistence);

TEST_P(Tracking, AgentWithAnOutsideCallIsLeftAloneUntilItsEnd) {
  const base::LegId outside = stage_.call("track-ann", "1000", "Ann");
  EXPECT_EQ(calls_of_ann(), "1");
  stage_.call("q-support");
  EXPECT_THAT(stage_.all<call::InviteLeg>(), IsEmpty());

  stage_.hang_up(outside);

  EXPECT_EQ(calls_of_ann(), "0");
  EXPECT_THAT(stage_.all<call::InviteLeg>(), SizeIs(1));
}

TEST_P(Tracking, CallSaysWhoseItIsAndTheAgentIsLookedUp) {
  const base::LegId outside = stage_.call("track-ann", "1000", "Ann");
  EXPECT_THAT(stage_.queue_events(), Contains("agent-status-get ann Available"));

  stage_.hang_up(outside);

  EXPECT_EQ(variable(stage_.hangup_of("inbound", "1000"), "cc_tracked_agent"), "ann");
}

TEST_P(Tracking, CallThatIsTrackedTwiceCountsOnce) {
  const base::LegId outside = stage_.call("twice-ann", "1000", "Ann");
  EXPECT_EQ(calls_of_ann(), "1");

  stage_.hang_up(outside);

  EXPECT_EQ(calls_of_ann(), "0");
}

TEST_P(Tracking, UnknownAgentIsAWarningAndNobodyAnError) {
  stage_.call("track-zoe", "1000");
  ASSERT_THAT(stage_.all<LogLine>(), SizeIs(1));
  EXPECT_EQ(stage_.all<LogLine>()[0].level, LogLine::Level::Warning);
  EXPECT_THAT(stage_.all<LogLine>()[0].text, HasSubstr("zoe"));

  stage_.call("track-", "1000");

  ASSERT_THAT(stage_.all<LogLine>(), SizeIs(2));
  EXPECT_EQ(stage_.all<LogLine>()[1].level, LogLine::Level::Error);
  EXPECT_THAT(stage_.all<call::AnswerLeg>(), SizeIs(2));
}

TEST_P(Tracking, TrackedCallStillCountsAfterARestart) {
  const base::LegId outside = stage_.call("track-ann", "1000", "Ann");

  stage_.restart();
  EXPECT_EQ(calls_of_ann(), "1");
  stage_.hang_up(outside);

  EXPECT_EQ(calls_of_ann(), "0");
}

TEST_P(Tracking, InfoWritesWhatIsKnownOfTheCall) {
  stage_.call("info");

  std::vector<std::string> lines;
  for (const LogLine& line : stage_.all<LogLine>()) {
    EXPECT_EQ(line.level, LogLine::Level::Warning);
    lines.push_back(line.text);
  }
  EXPECT_THAT(lines, Contains("sofia/internal/6001@kit variable_colour: [blue]"));
  EXPECT_THAT(lines, Contains("sofia/internal/6001@kit Caller-Caller-ID-Number: [6001]"));
}

}  // namespace
}  // namespace core
