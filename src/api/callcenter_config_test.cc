#include "api/callcenter_config.h"

#include <gtest/gtest.h>

#include "api/api.h"
#include "api/rows.h"

namespace api {
namespace {

using base::instant_ms;

// A floor with two queues and no agents; commands run one second apart.
class CallCenterConfig : public testing::Test {
 protected:
  CallCenterConfig() {
    queue::CallCenterSettings settings;
    settings.queues.resize(2);
    settings.queues[0].name = "support@default";
    settings.queues[1].name = "sales@default";
    engine_.configure(settings, instant_ms(0), queue_out_);
    queue_out_.clear();
  }

  std::string run(std::string_view arguments) {
    now_ += std::chrono::seconds(1);
    Targets targets{engine_, queue_out_, calls_, call_out_, globals_, now_};
    return api::run("callcenter_config " + std::string(arguments), targets).text;
  }

  // CC-Action of the events so far.
  std::vector<std::string> actions() const {
    std::vector<std::string> found;
    for (const auto& command : queue_out_) {
      const auto* announce = std::get_if<queue::Announce>(&command);
      if (announce != nullptr) found.emplace_back(announce->event.get("CC-Action"));
    }
    return found;
  }

  base::WallAnchor anchor_{.unix_ms_at_origin = 1'700'000'000'000};
  queue::Engine engine_{1, anchor_};
  call::Machine calls_{1, anchor_};
  queue::Commands queue_out_;
  call::Outputs call_out_;
  std::map<std::string, std::string> globals_;
  base::Instant now_ = instant_ms(0);
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

TEST(Api, KnowsWhatOnlyReads) {
  for (const char* command :
       {"callcenter_config queue list", "callcenter_config queue count members q", "uuid_exists 1",
        "callcenter_config", "nonsense"}) {
    EXPECT_TRUE(only_reads(command)) << command;
  }
  for (const char* command :
       {"callcenter_config agent get status ann", "callcenter_config agent del ann", "hupall",
        "reloadxml", "uuid_kill x"}) {
    EXPECT_FALSE(only_reads(command)) << command;
  }
}

}  // namespace
}  // namespace api
