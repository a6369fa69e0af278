#include "api/callcenter_config.h"

#include <gtest/gtest.h>

#include "api/desk_testing.h"
#include "api/rows.h"

namespace api {
namespace {

// A floor with two queues, and a configuration with an agent and a tier.
class CallCenterConfig : public Desk {
 protected:
  CallCenterConfig() {
    queue::CallCenterSettings settings;
    settings.queues.resize(2);
    settings.queues[0].name = "support@default";
    settings.queues[1].name = "sales@default";
    configure(settings);
  }

  std::string run(std::string_view arguments) {
    return Desk::run("callcenter_config " + std::string(arguments));
  }
};

TEST_F(CallCenterConfig, RepliesAsTheOriginal) {
  const struct {
    std::string_view arguments;
    std::string_view reply;
  } steps[] = {
      {"agent", "-ERR Invalid!\n"},
      {"agent foo", ""},
      {"foo bar", ""},
      {"agent add", "-ERR Invalid!\n"},
      {"agent add ann", "-ERR Invalid!\n"},
      {"agent add ann robot", "-ERR Agent type invalid!\n"},
      {"agent add ann callback", "+OK\n"},
      {"agent add ann callback", "-ERR Agent already exist!\n"},
      {"AGENT ADD 'bob b' UUID-STANDBY extra words", "+OK\n"},
      {"agent get status ann", "Logged Out"},
      {"agent get uuid ann", ""},
      {"agent get contact ann", "-ERR Invalid Agent Update KEY!\n"},
      {"agent get colour nobody", "-ERR Agent not found!\n"},
      {"agent set status ann", "-ERR Invalid!\n"},
      {"agent set status ann available", "+OK\n"},
      {"agent get status ann", "Available"},
      {"agent set status ann Available (On Demand)", "+OK\n"},
      {"agent get status ann", "Available (On Demand)"},
      {"agent set status ann On Break", "+OK\n"},
      {"agent set status ann Lunch", "-ERR Invalid Agent Status!\n"},
      {"agent set status nobody Lunch", "-ERR Agent not found!\n"},
      {"agent set state ann In a queue call", "+OK\n"},
      {"agent get STATE ann", "In a queue call"},
      {"agent set state ann Sitting", "-ERR Invalid Agent State!\n"},
      {"agent set type ann robot", "-ERR Invalid Agent Type!\n"},
      {"agent set colour ann red", "-ERR Invalid Agent Update KEY!\n"},
      {"tier add nowhere ann", "-ERR Queue not found!\n"},
      {"tier add support@default nobody", "-ERR Agent not found!\n"},
      {"tier add support@default ann 2 x", "+OK\n"},
      {"tier add support@default ann", "-ERR Tier already exist!\n"},
      {"tier set level support@default ann", "-ERR Invalid!\n"},
      {"tier set level support@default ann 3", "+OK\n"},
      {"tier set state support@default ann no answer", "+OK\n"},
      {"tier set state support@default ann on break", "-ERR Invalid Tier State!\n"},
      {"tier set colour support@default ann red", "-ERR Invalid Tier Update KEY!\n"},
      {"tier set level sales@default ann 3", "-ERR Unknown Error!\n"},
      {"tier list", "queue|agent|state|level|position\nsupport@default|ann|No Answer|3|0\n+OK\n"},
      {"queue count", "2\n"},
      {"queue count agents support@default", "1\n"},
      {"queue count agents support@default 'On Break'", "1\n"},
      {"queue count agents support@default Available", "0\n"},
      {"queue count tiers support@default", "1\n"},
      {"queue count members support@default", "0\n"},
      {"queue count foo", "-ERR Invalid!\n"},
      {"queue list members support@default", "+OK\n"},
      {"queue list agents", "+OK\n"},
      {"queue list foo support@default", "-ERR Invalid!\n"},
      {"tier del support@default ann", "+OK\n"},
      {"tier del support@default ann", "+OK\n"},
      {"tier list", "+OK\n"},
      {"queue unload sales@default", "+OK\n"},
      {"queue count", "1\n"},
      {"queue load sales@default", "+OK\n"},
      {"queue load nowhere", "-ERR Invalid Queue not found!\n"},
      {"agent del ann", "+OK\n"},
      {"agent list ann", "+OK\n"},
      {"agent list ann bob", "-ERR Invalid!\n"},
  };

  for (const auto& step : steps) EXPECT_EQ(run(step.arguments), step.reply) << step.arguments;
}

TEST_F(CallCenterConfig, WithoutArgumentsItShowsItsSyntax) {
  const std::string reply = run("");

  EXPECT_EQ(reply.substr(0, 9), "-USAGE: \n");
  EXPECT_NE(reply.find("queue count tiers [queue_name]\n"), std::string::npos);
}

TEST_F(CallCenterConfig, AnAgentIsListedWithAllItsColumns) {
  run("agent add ann Callback");
  run("agent set contact ann [leg_timeout=10]user/1000|user/1001");
  run("agent set wrap_up_time ann 11");
  run("agent set busy_delay_time ann 7x");
  run("agent set ready_time ann 1700000100");
  run("agent set status ann Available");

  EXPECT_EQ(run("agent list ann"),
            std::string(kAgentColumns) +
                "\nann|single_box||Callback|[leg_timeout=10]user/1000 user/1001|Available|Waiting|"
                "0|11|0|7|0|0|0|0|1700000006|0|0|0|1700000100|0\n+OK\n");
}

TEST_F(CallCenterConfig, GetMakesAnEventAndListsDoNot) {
  run("agent add ann callback");
  queue_out_.clear();

  run("agent get status ann");
  run("agent list");

  EXPECT_EQ(actions(), (std::vector<std::string>{"agent-status-get"}));
}

// The same with agent kim (on break) and her tier in the configuration.
class Configured : public CallCenterConfig {
 protected:
  Configured() {
    queue::CallCenterSettings settings = engine_.settings();
    settings.agents.push_back({.name = "kim",
                               .type = "Callback",
                               .contact = "user/1000",
                               .status = queue::AgentStatus::OnBreak,
                               .wrap_up_seconds = 10,
                               .max_no_answer = {},
                               .reject_delay_seconds = {},
                               .busy_delay_seconds = {},
                               .no_answer_delay_seconds = {}});
    settings.tiers.push_back(
        {.queue = "support@default", .agent = "kim", .level = 2, .position = 3});
    settings.tiers.push_back(
        {.queue = "sales@default", .agent = "kim", .level = 1, .position = {}});
    configure(settings);
  }
};

TEST_F(Configured, ReloadGivesAnAgentWhatTheConfigurationSays) {
  run("agent set status kim Available");
  run("agent set wrap_up_time kim 99");
  run("agent set max_no_answer kim 7");
  run("agent set type kim uuid-standby");
  queue_out_.clear();

  EXPECT_EQ(run("agent reload KIM"), "+OK\n");

  EXPECT_EQ(actions(), (std::vector<std::string>{"agent-contact-change", "agent-status-change"}));
  EXPECT_EQ(run("agent list kim"), std::string(kAgentColumns) +
                                       "\nkim|single_box||Callback|user/1000|On Break|Waiting|"
                                       "7|10|0|0|0|0|0|0|1700000005|0|0|0|0|0\n+OK\n");
}

TEST_F(Configured, ReloadBringsBackWhatWasDeleted) {
  run("agent del kim");

  EXPECT_EQ(run("tier reload all"), "+OK\n");
  EXPECT_EQ(run("tier list"), "+OK\n") << "a tier of nobody is skipped";
  EXPECT_EQ(run("agent reload kim"), "+OK\n");
  EXPECT_EQ(run("agent get status kim"), "On Break");
  EXPECT_EQ(run("tier reload all"), "+OK\n");
  EXPECT_EQ(run("queue count tiers sales@default"), "1\n");
}

TEST_F(Configured, ReloadOfTiersTakesWhatIsNamed) {
  const struct {
    std::string_view arguments;
    std::string_view reply;
    std::string_view tiers;  // What there is afterwards, of none before.
  } reloads[] = {
      {"tier reload", "-ERR Invalid!\n", ""},
      {"tier reload nowhere@default", "-ERR Unknown Error!\n", ""},
      {"tier reload support@default nobody", "-ERR Unknown Error!\n", ""},
      {"tier reload SUPPORT@default", "+OK\n", "support@default|kim|Ready|2|3\n"},
      {"tier reload sales@default KIM extra", "+OK\n", "sales@default|kim|Ready|1|1\n"},
      {"tier reload ALL nobody", "+OK\n",
       "sales@default|kim|Ready|1|1\nsupport@default|kim|Ready|2|3\n"},
  };

  for (const auto& reload : reloads) {
    run("tier del support@default kim");
    run("tier del sales@default kim");
    EXPECT_EQ(run(reload.arguments), reload.reply) << reload.arguments;
    const std::string header = reload.tiers.empty() ? "" : std::string(kTierColumns) + "\n";
    EXPECT_EQ(run("tier list"), header + std::string(reload.tiers) + "+OK\n") << reload.arguments;
  }
}

TEST_F(Configured, ReloadOfAStrangerChangesNothing) {
  EXPECT_EQ(run("agent reload"), "-ERR Invalid!\n");
  EXPECT_EQ(run("agent reload all"), "+OK\n");
  EXPECT_EQ(run("agent reload nobody"), "+OK\n");
  EXPECT_TRUE(actions().empty());
}

TEST_F(CallCenterConfig, WhatDoesNotExistIsLoggedAndNotAnswered) {
  for (const char* words : {"member list", "agent foo", "tier foo", "queue foo"}) {
    call_out_.clear();
    EXPECT_EQ(run(words), "") << words;
    ASSERT_EQ(call_out_.size(), 1u) << words;
    EXPECT_TRUE(std::holds_alternative<call::LogMade>(call_out_[0])) << words;
  }
}

TEST(Api, KnowsWhatOnlyReads) {
  for (const char* command :
       {"callcenter_config queue list", "callcenter_config queue count members q", "uuid_exists 1",
        "callcenter_config", "nonsense", "json {}", "status", "echo x"}) {
    EXPECT_TRUE(only_reads(command)) << command;
  }
  for (const char* command :
       {"callcenter_config agent get status ann", "callcenter_config agent del ann", "hupall",
        "reloadxml", "uuid_kill x", "create_uuid", "eval ${create_uuid()}"}) {
    EXPECT_FALSE(only_reads(command)) << command;
  }
}

}  // namespace
}  // namespace api
