#include "config/call_center.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/files_testing.h"

namespace config {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using testing::Reading;

struct Outcome {
  queue::CallCenterSettings settings;
  std::string problems;
};

Outcome read(const std::string& inside) {
  Reading reading("<configuration name=\"callcenter.conf\">\n" + inside + "</configuration>");
  Outcome outcome;
  outcome.settings = read_call_center(reading.root(), reading.problems());
  outcome.problems = reading.shown();
  return outcome;
}

queue::QueueSettings queue_with(const std::string& params) {
  const auto outcome = read("<queues><queue name=\"q\">" + params + "</queue></queues>");
  EXPECT_EQ(outcome.problems, "");
  return outcome.settings.queues.at(0);
}

std::string param(const std::string& name, const std::string& value) {
  return "<param name=\"" + name + "\" value=\"" + value + "\"/>";
}

TEST(CallCenter, AnEmptyOneHasTheDefaults) {
  const auto outcome = read("");

  EXPECT_EQ(outcome.settings, queue::CallCenterSettings{});
  EXPECT_EQ(outcome.problems, "");
}

TEST(CallCenter, AQueueWithoutParametersHasTheDefaults) {
  queue::QueueSettings expected;
  expected.name = "q";

  EXPECT_EQ(queue_with(""), expected);
}

TEST(CallCenter, EveryParameterOfAQueueIsRead) {
  const auto q = queue_with(
      param("strategy", "longest-idle-agent") + param("moh-sound", "m") +
      param("announce-sound", "a") + param("announce-frequency", "1") +
      param("record-template", "r") + param("time-base-score", "system") +
      param("ring-progressively-delay", "2") + param("tier-rules-apply", "true") +
      param("tier-rule-wait-second", "3") + param("tier-rule-wait-multiply-level", "true") +
      param("tier-rule-no-agent-no-wait", "false") + param("discard-abandoned-after", "4") +
      param("abandoned-resume-allowed", "true") + param("max-wait-time", "5") +
      param("max-wait-time-with-no-agent", "6") +
      param("max-wait-time-with-no-agent-time-reached", "7") +
      param("agent-no-answer-status", "logged out") +
      param("skip-agents-with-external-calls", "false") + param("weight", "-8"));

  queue::QueueSettings expected;
  expected.name = "q";
  expected.moh_sound = "m";
  expected.announce_sound = "a";
  expected.announce_frequency_seconds = 1;
  expected.record_template = "r";
  expected.time_base_score = "system";
  expected.ring_progressively_delay_seconds = 2;
  expected.tier_rules_apply = true;
  expected.tier_rule_wait_seconds = 3;
  expected.tier_rule_wait_multiply_level = true;
  expected.tier_rule_no_agent_no_wait = false;
  expected.discard_abandoned_after_seconds = 4;
  expected.abandoned_resume_allowed = true;
  expected.max_wait_seconds = 5;
  expected.max_wait_with_no_agent_seconds = 6;
  expected.max_wait_with_no_agent_reached_seconds = 7;
  expected.agent_no_answer_status = queue::AgentStatus::LoggedOut;
  expected.skip_agents_with_external_calls = false;
  expected.weight = -8;
  EXPECT_EQ(q, expected);
}

TEST(CallCenter, OddValuesOfAQueueAreWarnings) {
  const auto outcome =
      read("<queues>\n<queue name=\"q\">\n" + param("strategy", "ring-sometimes") + "\n" +
           param("agent-no-answer-status", "Asleep") + "\n" + param("max-wait-time", "86401") +
           "\n" + param("colour", "red") + "</queue></queues>");

  EXPECT_EQ(outcome.settings.queues.at(0).agent_no_answer_status, queue::AgentStatus::OnBreak);
  EXPECT_EQ(outcome.settings.queues.at(0).max_wait_seconds, 0);
  EXPECT_THAT(outcome.problems,
              AllOf(HasSubstr("x:4: warning: queue q: strategy ring-sometimes is unknown"),
                    HasSubstr("x:5: warning: queue q: agent-no-answer-status is \"Asleep\""),
                    HasSubstr("x:6: warning: queue q: max-wait-time is \"86401\""),
                    HasSubstr("x:7: warning: queue q: unknown parameter colour")));
}

TEST(CallCenter, SettingsAreRead) {
  const auto outcome =
      read("<settings>" + param("CC-Instance-Id", "box7") + param("reserve-agents", "yes") +
           param("truncate-tiers-on-load", "junk") + param("truncate-agents-on-load", "true") +
           param("agent-originate-timeout", "30") + param("global-database-lock", "true") +
           param("debug", "1") + "</settings>");

  EXPECT_EQ(outcome.problems, "");
  EXPECT_EQ(outcome.settings.instance_id, "box7");
  EXPECT_TRUE(outcome.settings.reserve_agents);
  EXPECT_FALSE(outcome.settings.truncate_tiers_on_load);
  EXPECT_TRUE(outcome.settings.truncate_agents_on_load);
  EXPECT_EQ(outcome.settings.agent_originate_timeout_seconds, 30);
}

TEST(CallCenter, AnOriginateTimeoutOfNothingIsAMinute) {
  EXPECT_EQ(read("<settings>" + param("agent-originate-timeout", "0") + "</settings>")
                .settings.agent_originate_timeout_seconds,
            60);
  EXPECT_EQ(read("<settings>" + param("agent-originate-timeout", "soon") + "</settings>")
                .settings.agent_originate_timeout_seconds,
            60);
}

TEST(CallCenter, QueuesNeedANameAndTheFirstOfANameIsUsed) {
  const auto outcome =
      read("<queues>\n<queue/>\n<queue name=\"a\">" + param("weight", "1") +
           "</queue>\n<queue name=\"A\">" + param("weight", "2") + "</queue>\n<line/></queues>");

  ASSERT_EQ(outcome.settings.queues.size(), 1U);
  EXPECT_EQ(outcome.settings.queues[0].weight, 1);
  EXPECT_THAT(outcome.problems,
              AllOf(HasSubstr("x:3: error: <queue> without name="),
                    HasSubstr("x:5: warning: queue A is defined twice; the first definition, x:4"),
                    HasSubstr("x:6: warning: unknown element <line> in <queues>")));
}

TEST(CallCenter, AttributesOfAgentsThatAreNotWrittenStayUnset) {
  const auto outcome = read("<agents><agent name=\"a\" type=\"callback\"/></agents>");

  queue::AgentSettings expected;
  expected.name = "a";
  expected.type = "callback";
  EXPECT_EQ(outcome.settings.agents, std::vector{expected});
  EXPECT_EQ(outcome.problems, "");
}

TEST(CallCenter, EveryAttributeOfAnAgentIsRead) {
  const auto outcome = read(
      "<agents><agent name=\"a\" type=\"UUID-standby\" contact=\"c\" status=\"on break\" "
      "wrap-up-time=\"1\" max-no-answer=\"2\" reject-delay-time=\"3\" busy-delay-time=\"4\" "
      "no-answer-delay-time=\"5\" not-registered-delay-time=\"6\" max-busy=\"7\" "
      "max-reject=\"8\" label=\"Ann\"/></agents>");

  queue::AgentSettings expected;
  expected.name = "a";
  expected.type = "UUID-standby";
  expected.contact = "c";
  expected.status = queue::AgentStatus::OnBreak;
  expected.wrap_up_seconds = 1;
  expected.max_no_answer = 2;
  expected.reject_delay_seconds = 3;
  expected.busy_delay_seconds = 4;
  expected.no_answer_delay_seconds = 5;
  expected.not_registered_delay_seconds = 6;
  expected.max_busy = 7;
  expected.max_reject = 8;
  EXPECT_EQ(outcome.settings.agents, std::vector{expected});
  EXPECT_EQ(outcome.problems, "");
}

TEST(CallCenter, OddAgentsAreNamed) {
  const auto outcome = read(
      "<agents>\n<agent type=\"Callback\"/>\n<agent name=\"b\"/>\n<agent name=\"c\" "
      "type=\"robot\"/>\n<agent name=\"d\" type=\"Callback\" status=\"Asleep\" "
      "wrap-up-time=\"long\" max-busy=\"-1\" wrapup=\"3\" busy-delay-time=\"-1\"/></agents>");

  ASSERT_EQ(outcome.settings.agents.size(), 1U);
  EXPECT_EQ(outcome.settings.agents[0].status, std::nullopt);
  EXPECT_EQ(outcome.settings.agents[0].wrap_up_seconds, std::nullopt);
  EXPECT_THAT(outcome.problems,
              AllOf(HasSubstr("x:3: error: <agent> without name="),
                    HasSubstr("x:4: warning: agent b: type is missing, expected Callback"),
                    HasSubstr("x:5: warning: agent c: type is \"robot\""),
                    HasSubstr("x:6: warning: agent d: status is \"Asleep\""),
                    HasSubstr("agent d: wrap-up-time is \"long\""),
                    HasSubstr("agent d: max-busy is \"-1\""),
                    HasSubstr("agent d: unknown attribute wrapup is ignored")));
  EXPECT_THAT(outcome.problems, HasSubstr("agent d: busy-delay-time is \"-1\""));
}

TEST(CallCenter, ASecondDefinitionOfAnAgentWritesOverTheFirst) {
  const auto outcome = read(
      "<agents><agent name=\"a\" type=\"Callback\" contact=\"one\" max-no-answer=\"1\"/>"
      "<agent name=\"a\" type=\"Callback\" contact=\"two\"/></agents>");

  ASSERT_EQ(outcome.settings.agents.size(), 1U);
  EXPECT_EQ(outcome.settings.agents[0].contact, "two");
  EXPECT_EQ(outcome.settings.agents[0].max_no_answer, 1);
  EXPECT_THAT(outcome.problems, HasSubstr("warning: agent a is defined twice"));
}

TEST(CallCenter, TiersMayStandBeforeWhatTheyName) {
  const auto outcome = read(
      "<tiers><tier agent=\"a\" queue=\"Q\" level=\"2\"/></tiers>"
      "<agents><agent name=\"a\" type=\"Callback\"/></agents><queues><queue name=\"q\"/></queues>");

  ASSERT_EQ(outcome.settings.tiers.size(), 1U);
  EXPECT_EQ(outcome.settings.tiers[0].level, 2);
  EXPECT_EQ(outcome.settings.tiers[0].position, std::nullopt);
  EXPECT_EQ(outcome.problems, "");
}

TEST(CallCenter, OddTiersAreNamed) {
  const auto outcome = read(
      "<queues><queue name=\"q\"/></queues><agents><agent name=\"a\" type=\"Callback\"/></agents>"
      "<tiers>\n<tier queue=\"q\"/>\n<tier agent=\"a\"/>\n<tier agent=\"nobody\" queue=\"q\"/>\n"
      "<tier agent=\"a\" queue=\"nowhere\"/>\n<tier agent=\"a\" queue=\"q\" level=\"x\"/>\n"
      "<tier agent=\"a\" queue=\"q\" level=\"3\"/></tiers>");

  ASSERT_EQ(outcome.settings.tiers.size(), 2U);
  EXPECT_EQ(outcome.settings.tiers[0].agent, "nobody");
  EXPECT_EQ(outcome.settings.tiers[1].level, 3);
  EXPECT_THAT(outcome.problems,
              AllOf(HasSubstr("x:3: error: <tier> without agent="),
                    HasSubstr("x:4: error: <tier> without queue="),
                    HasSubstr("x:5: warning: tier: there is no agent nobody"),
                    HasSubstr("x:6: warning: tier: there is no queue nowhere; it is left out"),
                    HasSubstr("x:7: warning: tier: level is \"x\""),
                    HasSubstr("x:8: warning: tier: agent a stands twice in queue q")));
}

}  // namespace
}  // namespace config
