// Commands for later: sched_api and its kin, each flow also with the core saved and restored before
// every input.
#include "api/schedule.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/call_flow_testing.h"

namespace core {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

class ScheduleFlow : public CallFlow {
 protected:
  ScheduleFlow() { stage_.forget(); }

  static Configuration configuration() {
    Configuration made = with_agents({"ann"});
    add_extension(made, "^short$", {{"sched_hangup", "+60 ALLOTTED_TIMEOUT"}, {"park", ""}});
    add_extension(made, "^stay$", {{"answer", ""}, {"park", ""}});
    add_extension(made, "^moved$", {{"sched_transfer", "+5 short"}, {"park", ""}});
    add_extension(
        made, "^kept$",
        {{"sched_hangup", "+5"}, {"sched_cancel", ""}, {"sched_broadcast", "+1"}, {"park", ""}});
    return made;
  }
  std::string status() { return stage_.api("callcenter_config agent get status ann"); }
  std::string set_later(const std::string& when, const std::string& status) {
    return stage_.api("sched_api " + when + " none callcenter_config agent set status ann '" +
                      status + "'");
  }
  std::string uuid_of(base::LegId leg) const {
    for (const LegNamed& named : stage_.all<LegNamed>()) {
      if (named.leg == leg) return named.uuid;
    }
    return {};
  }
  std::vector<std::string> log() const {
    std::vector<std::string> lines;
    for (const LogLine& line : stage_.all<LogLine>()) lines.push_back(line.text);
    return lines;
  }

  Rehearsal stage_{configuration(), GetParam()};
};

INSTANTIATE_TEST_SUITE_P(, ScheduleFlow, both_persistences(), name_of_persistence);

TEST_P(ScheduleFlow, ACommandRunsAtItsMomentAndOnce) {
  EXPECT_EQ(set_later("+5", "On Break"), "+OK Added: 1\n");
  EXPECT_EQ(set_later("+10", "Available"), "+OK Added: 2\n");
  stage_.wait(milliseconds(4'999));
  EXPECT_EQ(status(), "Available");
  stage_.wait(milliseconds(1));
  EXPECT_EQ(status(), "On Break");
  stage_.wait(seconds(5));
  EXPECT_EQ(status(), "Available");

  stage_.api("callcenter_config agent set status ann 'On Break'");
  stage_.wait(seconds(60));
  EXPECT_EQ(status(), "On Break");
  EXPECT_EQ(stage_.api("sched_del 1"), "-ERR no such task or group\n");
}

TEST_P(ScheduleFlow, AUnixSecondIsATimeToo) {
  const std::int64_t now = stage_.core().anchor().unix_seconds(stage_.now());
  EXPECT_THAT(set_later(std::to_string(now + 3), "On Break"), StartsWith("+OK"));
  EXPECT_THAT(set_later(std::to_string(now - 3), "Logged Out"), StartsWith("+OK"));
  stage_.wait(milliseconds(0));
  EXPECT_EQ(status(), "Logged Out") << "what is past runs at once";
  stage_.wait(seconds(3));
  EXPECT_EQ(status(), "On Break");
}

TEST_P(ScheduleFlow, ATaskThatRepeatsRunsUntilItIsDeleted) {
  EXPECT_EQ(stage_.api("sched_api @10 watch callcenter_config agent set status ann 'On Break'"),
            "+OK Added: 1\n");
  for (int round = 0; round < 3; ++round) {
    stage_.api("callcenter_config agent set status ann Available");
    stage_.wait(seconds(10));
    EXPECT_EQ(status(), "On Break") << round;
  }
  EXPECT_EQ(stage_.api("sched_del watch"), "+OK Deleted: 1\n");
  stage_.api("callcenter_config agent set status ann Available");
  stage_.wait(seconds(30));
  EXPECT_EQ(status(), "Available");
}

TEST_P(ScheduleFlow, AGroupIsDeletedTogetherAndATaskByItsNumber) {
  for (int task = 0; task < 3; ++task) stage_.api("sched_api +5 shift create_uuid");
  EXPECT_EQ(stage_.api("sched_api +5 other create_uuid"), "+OK Added: 4\n");
  EXPECT_EQ(stage_.api("sched_del shift"), "+OK Deleted: 3\n");
  EXPECT_EQ(stage_.api("unsched_api 4"), "+OK Deleted: 1\n");
  EXPECT_EQ(stage_.core().next_deadline(), std::nullopt);
  EXPECT_THAT(stage_.events(),
              ElementsAre("ADD_SCHEDULE", "ADD_SCHEDULE", "ADD_SCHEDULE", "ADD_SCHEDULE",
                          "DEL_SCHEDULE", "DEL_SCHEDULE", "DEL_SCHEDULE", "DEL_SCHEDULE"));
}

TEST_P(ScheduleFlow, WhatLeadsToNothingIsRefusedAtOnce) {
  for (const char* time : {"", "x", "+", "@0", "-5", "++5", "+-5", "5.5", "+99999999999",
                           "999999999999999999999", "+@+5"}) {
    EXPECT_EQ(stage_.api("sched_api '" + std::string(time) + "' none create_uuid"),
              "-ERR Invalid time\n")
        << time;
  }
  EXPECT_THAT(stage_.api("sched_api"), StartsWith("-USAGE: [+@]<time> <group_name> <comm"));
  EXPECT_THAT(stage_.api("sched_api +5 none"), StartsWith("-USAGE: "));
  EXPECT_THAT(stage_.api("sched_del"), StartsWith("-USAGE: "));
  EXPECT_THAT(stage_.api("sched_api +5 none sip_trace"), StartsWith("-ERR sip_trace is not sched"));
  EXPECT_THAT(stage_.api("sched_api +5 none callcenter_config agent list"),
              StartsWith("-ERR nobody would read the list"));
  EXPECT_THAT(stage_.api("sched_api +5 none echo " + std::string(3'000, 'x')),
              StartsWith("-ERR the command is too long"));
  EXPECT_THAT(stage_.api("sched_api +5 " + std::string(3'000, 'x') + " echo x"),
              StartsWith("-ERR the name of the group is too long"));
  EXPECT_EQ(stage_.core().next_deadline(), std::nullopt);
}

TEST_P(ScheduleFlow, TasksOutliveTheProcess) {
  set_later("+5", "On Break");
  set_later("+60", "Logged Out");
  stage_.api("sched_api @7 none create_uuid");
  stage_.restart();
  stage_.wait(seconds(5));
  EXPECT_EQ(status(), "On Break");

  Rehearsal later = stage_.taken_over();
  later.wait(seconds(55));
  EXPECT_EQ(later.api("callcenter_config agent get status ann"), "Logged Out");
}

TEST_P(ScheduleFlow, WhatCameDueWhileNothingRanRunsOnceAndAtOnce) {
  set_later("+5", "On Break");
  stage_.api("sched_api @7 none echo tick");
  stage_.restart_after(seconds(71));
  stage_.forget();
  stage_.wait(milliseconds(0));
  EXPECT_EQ(status(), "On Break");
  EXPECT_THAT(log(), Contains("scheduled: echo tick: tick").Times(1));
  // On at the times it always had: 77 seconds from the beginning.
  stage_.forget();
  stage_.wait(milliseconds(5'999));
  EXPECT_THAT(log(), IsEmpty());
  stage_.wait(milliseconds(1));
  EXPECT_THAT(log(), ElementsAre("scheduled: echo tick: tick"));
}

TEST_P(ScheduleFlow, WhatComesOfACommandIsToldToTheLog) {
  stage_.api("sched_api +1 none callcenter_config agent set status nobody Available");
  stage_.api("sched_api +2 none bgapi echo hello&");
  stage_.wait(seconds(2));
  EXPECT_THAT(log(), ElementsAre("scheduled: callcenter_config agent set status nobody Available: "
                                 "-ERR Agent not found!",
                                 "scheduled: echo hello: hello"));
}

TEST_P(ScheduleFlow, OriginateTellsTheLogLater) {
  stage_.api("sched_api +1 none originate sofia/internal/1000@127.0.0.1:5070 &park()");
  stage_.wait(seconds(1));
  EXPECT_THAT(log(), IsEmpty());
  ASSERT_THAT(stage_.all<call::InviteLeg>(), SizeIs(1));
  stage_.refuse(stage_.last<call::InviteLeg>()->leg, 486);
  EXPECT_THAT(log(), Contains(HasSubstr("originate sofia/internal/1000@127.0.0.1:5070 &park(): "
                                        "-ERR USER_BUSY")));
}

TEST_P(ScheduleFlow, ATaskThatBringsItselfBackLeavesASecondBetween) {
  stage_.call("stay");
  const std::string uuid = stage_.all<LegNamed>().front().uuid;
  stage_.api("uuid_setvar " + uuid + " again sched_api +0 none eval ${uuid_getvar(" + uuid +
             " again)}");
  stage_.api("sched_api +0 none eval ${uuid_getvar(" + uuid + " again)}");
  stage_.forget();
  stage_.wait(seconds(10));
  EXPECT_LT(log().size(), 25u);
}

TEST(Schedule, HoldsOnlySoManyTasks) {
  api::Schedule schedule;
  for (std::size_t task = 0; task < api::kTasksMax; ++task) {
    ASSERT_TRUE(schedule.add({.command = "x"}, base::instant_ms(0)));
  }
  EXPECT_FALSE(schedule.add({.command = "x"}, base::instant_ms(0)));
}

TEST_P(ScheduleFlow, ACallIsEndedLater) {
  const base::LegId caller = stage_.call("short");
  stage_.wait(milliseconds(59'999));
  EXPECT_THAT(stage_.all<call::HangUpLeg>(), IsEmpty());
  stage_.wait(milliseconds(1));
  ASSERT_THAT(stage_.all<call::HangUpLeg>(), SizeIs(1));
  EXPECT_EQ(stage_.last<call::HangUpLeg>()->leg, caller);
  EXPECT_EQ(stage_.hangup_of("inbound")->get("Hangup-Cause"), "ALLOTTED_TIMEOUT");
  EXPECT_EQ(variable(stage_.hangup_of("inbound"), "last_sched_id"), "1");
}

TEST_P(ScheduleFlow, TasksOfACallAreForgottenWithIt) {
  const base::LegId caller = stage_.call("short");
  const std::string uuid = uuid_of(caller);
  stage_.api("sched_api +70 " + uuid + " create_uuid");
  stage_.cancel(caller);
  stage_.wait(seconds(2));
  EXPECT_EQ(stage_.core().next_deadline(), std::nullopt);
  EXPECT_EQ(stage_.api("sched_del " + uuid), "-ERR no such task or group\n");
}

TEST_P(ScheduleFlow, ACallIsTransferredLater) {
  stage_.call("moved");
  stage_.wait(seconds(5));
  EXPECT_THAT(stage_.all<call::HangUpLeg>(), IsEmpty());
  stage_.wait(seconds(60));
  EXPECT_EQ(stage_.hangup_of("inbound")->get("Caller-Destination-Number"), "short");
}

TEST_P(ScheduleFlow, WhatACallHasPutDownCanBeCancelled) {
  stage_.call("kept");
  stage_.wait(seconds(30));
  EXPECT_THAT(stage_.all<call::HangUpLeg>(), IsEmpty());
  EXPECT_THAT(log(), Contains(HasSubstr("sched_broadcast: -USAGE: ")));
}

TEST_P(ScheduleFlow, CommandsPutDownForALegThatIsThere) {
  const std::string uuid = uuid_of(stage_.call("stay"));
  EXPECT_EQ(stage_.api("sched_hangup +5 nobody"), "-ERR No such channel!\n");
  EXPECT_EQ(stage_.api("sched_hangup five " + uuid), "-ERR Invalid time\n");
  EXPECT_THAT(stage_.api("sched_hangup +5"), StartsWith("-USAGE: [+]<time> <uuid> [<cause>]"));
  EXPECT_THAT(stage_.api("sched_transfer +5 " + uuid), StartsWith("-USAGE: "));
  EXPECT_THAT(stage_.api("sched_broadcast +5 " + uuid), StartsWith("-USAGE: "));
  EXPECT_EQ(stage_.api("sched_broadcast +1 " + uuid + " set::told=yes"), "+OK Added: 1\n");
  EXPECT_EQ(stage_.api("sched_hangup +5 " + uuid + " USER_BUSY"), "+OK Added: 2\n");
  stage_.wait(seconds(2));
  EXPECT_EQ(stage_.api("uuid_getvar " + uuid + " told"), "yes");
  stage_.wait(seconds(3));
  EXPECT_EQ(stage_.hangup_of("inbound")->get("Hangup-Cause"), "USER_BUSY");
}

}  // namespace
}  // namespace core
