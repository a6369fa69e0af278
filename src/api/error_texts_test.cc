// Every error text of spec/05, section by section: what outside programs match on, byte for byte.
//
// Some cannot come here: `-ERR Unknown Error!` of `agent set` and of `agent reload` (there is no
// database to fail, and no configuration to be opened), `-ERR Agent not found!` of `tier set` (a
// tier always has its agent and queue), `callcenter_config Command not found!` of a module that
// stops. What only the event socket adds (`-ERR no reply`) is in
// tests/integration/test_event_socket.py.
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "api/desk_testing.h"

namespace api {
namespace {

constexpr std::string_view kInvalid = "-ERR Invalid!\n";
constexpr std::string_view kNoAgent = "-ERR Agent not found!\n";
constexpr std::string_view kUnknown = "-ERR Unknown Error!\n";

struct Case {
  std::string_view command;
  std::string_view reply;
};

// A floor with agent ann in queue support@default, and a queue in which nobody is.
class ErrorTexts : public Desk {
 protected:
  ErrorTexts() {
    queue::CallCenterSettings settings;
    settings.queues.resize(2);
    settings.queues[0].name = "support@default";
    settings.queues[1].name = "empty@default";
    configure(settings);
    run("callcenter_config agent add ann callback");
    run("callcenter_config tier add support@default ann");
  }

  template <std::size_t kCount>
  void expect(const Case (&cases)[kCount]) {
    for (const auto& [command, reply] : cases) EXPECT_EQ(run(command), reply) << command;
  }
  template <std::size_t kCount>
  void expect_of_callcenter_config(const Case (&cases)[kCount]) {
    for (const auto& [arguments, reply] : cases) {
      EXPECT_EQ(run("callcenter_config " + std::string(arguments)), reply) << arguments;
    }
  }
};

TEST_F(ErrorTexts, OfSection2AreThoseOfWordsThatAreMissingOrUnknown) {
  expect({{"no_such_command", "-ERR no_such_command Command not found!\n"},
          {"callcenter_config agent", kInvalid},
          {"callcenter_config tier", kInvalid},
          {"callcenter_config queue", kInvalid},
          {"callcenter_config no_such", kInvalid},
          {"callcenter_config no_such thing", ""},
          {"callcenter_config agent no_such ann", ""},
          {"callcenter_config tier no_such support@default ann", ""},
          {"callcenter_config queue no_such support@default", ""}});
  EXPECT_EQ(run("callcenter_config").substr(0, 9), "-USAGE: \n");
  EXPECT_EQ(run("callcenter_config").back(), '\n');
}

TEST_F(ErrorTexts, OfSection3AreThoseOfAgents) {
  expect_of_callcenter_config(
      {{"agent add", kInvalid},
       {"agent add bob", kInvalid},
       {"agent add ann callback", "-ERR Agent already exist!\n"},
       {"agent add ann robot", "-ERR Agent already exist!\n"},
       {"agent add bob robot", "-ERR Agent type invalid!\n"},
       {"agent del", kInvalid},
       {"agent reload", kInvalid},
       {"agent set", kInvalid},
       {"agent set status ann", kInvalid},
       {"agent set status nobody Available", kNoAgent},
       {"agent set no_such nobody x", kNoAgent},
       {"agent set no_such ann x", "-ERR Invalid Agent Update KEY!\n"},
       {"agent set status ann Lunch", "-ERR Invalid Agent Status!\n"},
       {"agent set status ann 'Do Not Disturb'", "-ERR Invalid Agent Status!\n"},
       {"agent set status ann Unknown", "-ERR Invalid Agent Status!\n"},
       {"agent set state ann Talking", "-ERR Invalid Agent State!\n"},
       {"agent set type ann robot", "-ERR Invalid Agent Type!\n"},
       {"agent set state_if_waiting ann Talking", "-ERR Invalid Agent State!\n"},
       {"agent set state_if_waiting ann Idle", kNoAgent},  // It is Logged Out.
       {"agent get", kInvalid},
       {"agent get status", kInvalid},
       {"agent get status nobody", kNoAgent},
       {"agent get no_such nobody", kNoAgent},
       {"agent get contact ann", "-ERR Invalid Agent Update KEY!\n"},
       {"agent list ann bob", kInvalid}});
}

TEST_F(ErrorTexts, OfSection3AreThoseOfTiers) {
  expect_of_callcenter_config(
      {{"tier add", kInvalid},
       {"tier add support@default", kInvalid},
       {"tier add nowhere ann", "-ERR Queue not found!\n"},
       {"tier add nowhere nobody", "-ERR Queue not found!\n"},
       {"tier add support@default nobody", kNoAgent},
       {"tier add support@default ann 2 2", "-ERR Tier already exist!\n"},
       {"tier set", kInvalid},
       {"tier set position support@default 3", kInvalid},
       // Who has no tier is looked at first, whoever is not there.
       {"tier set level support@default nobody 3", kUnknown},
       {"tier set level nowhere ann 3", kUnknown},
       {"tier set level empty@default ann 3", kUnknown},
       {"tier set state support@default ann Lunch", "-ERR Invalid Tier State!\n"},
       {"tier set no_such support@default ann 3", "-ERR Invalid Tier Update KEY!\n"},
       {"tier del", kInvalid},
       {"tier del support@default", kInvalid},
       {"tier reload", kInvalid},
       {"tier reload nowhere", kUnknown},
       {"tier reload support@default nobody", kUnknown},
       {"tier reload all", kUnknown}});
}

TEST_F(ErrorTexts, OfSection3AreThoseOfQueues) {
  expect_of_callcenter_config({{"queue load", kInvalid},
                               {"queue load nowhere", "-ERR Invalid Queue not found!\n"},
                               {"queue reload", kInvalid},
                               {"queue reload nowhere", "-ERR Invalid Queue not found!\n"},
                               {"queue unload", kInvalid},
                               {"queue list no_such support@default", kInvalid},
                               {"queue list no_such", kInvalid},
                               {"queue count no_such support@default", kInvalid},
                               {"queue count no_such", kInvalid}});
}

TEST_F(ErrorTexts, OfSection5AreThoseOfCallcenterBreak) {
  constexpr std::string_view kUsage = "-ERR Usage: callcenter_break agent <uuid>\n";
  expect({{"callcenter_break", kUsage},
          {"callcenter_break agent", kUsage},
          {"callcenter_break agent 5c21", "-ERR Session not found for uuid 5c21\n"},
          {"callcenter_break whoever 5c21", "-ERR Session not found for uuid 5c21\n"}});
}

TEST_F(ErrorTexts, OfSection6AreThoseOfJson) {
  expect({{"json", "-ERR No JSON supplied.\n"},
          {"json {", "-ERR Parse error.\n"},
          {R"(json {"command":"no_such","data":{}})",
           R"({"command":"no_such","data":{},"status":"error",)"
           R"("message":"Invalid request or non-existant command","response":null})"
           "\n"},
          {R"(json {"command":"callcenter_config"})",
           R"({"command":"callcenter_config","status":"error",)"
           R"("message":"Invalid request or non-existant command","response":null})"
           "\n"},
          {R"(json {"command":"callcenter_config","data":{"arguments":"no such"}})",
           R"({"command":"callcenter_config","data":{"arguments":"no such"},"status":"error",)"
           R"("message":"The command returned an error","response":null})"
           "\n"},
          {R"(json {"command":"callcenter_config","data":{"arguments":"queue list tiers"}})",
           R"({"command":"callcenter_config","data":{"arguments":"queue list tiers"},)"
           R"("status":"error","message":"The command returned an error",)"
           R"("response":{"error":"Missing data attribute: queue_name"}})"
           "\n"}});
}

TEST_F(ErrorTexts, OfSection8AreThoseOfQueuesThatAreNotNamed) {
  expect_of_callcenter_config({{"queue list agents", "+OK\n"},
                               {"queue list tiers", "+OK\n"},
                               {"queue count agents", "0\n"},
                               {"queue count members", "0\n"},
                               {"queue count tiers", "0\n"}});
}

}  // namespace
}  // namespace api
