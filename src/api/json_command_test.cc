#include "api/json_command.h"

#include "api/desk_testing.h"
#include "api/json_text.h"

namespace api {
namespace {

// Two queues; an agent of the first.
class JsonCommand : public Desk {
 protected:
  JsonCommand() {
    queue::CallCenterSettings settings;
    settings.queues.resize(2);
    settings.queues[0].name = "support@default";
    settings.queues[0].moh_sound = "local_stream://moh";
    settings.queues[0].max_wait_seconds = 90;
    settings.queues[1].name = "sales@default";
    configure(settings);
    run("callcenter_config agent add ann Callback");
    run("callcenter_config tier add support@default ann 2 1");
  }

  // The reply to a request of callcenter_config with this data.
  std::string ask(std::string_view data) {
    return run(R"(json {"command":"callcenter_config","data":)" + std::string(data) + "}");
  }
  // The same reply around a status and a response.
  static std::string reply(std::string_view data, std::string_view rest) {
    return R"({"command":"callcenter_config","data":)" + std::string(data) + "," +
           std::string(rest) + "}\n";
  }
};

TEST_F(JsonCommand, ValuesAreStringsAndNullsAreAbsent) {
  constexpr auto kData = R"({"arguments":"agent list"})";

  EXPECT_EQ(
      ask(kData),
      reply(kData, R"("status":"success","response":[{"name":"ann","instance_id":"single_box")"
                   R"(,"type":"Callback","status":"Logged Out","state":"Waiting")"
                   R"(,"max_no_answer":"0","wrap_up_time":"0","reject_delay_time":"0")"
                   R"(,"busy_delay_time":"0","no_answer_delay_time":"0")"
                   R"(,"last_bridge_start":"0","last_bridge_end":"0","last_offered_call":"0")"
                   R"(,"last_status_change":"0","no_answer_count":"0","calls_answered":"0")"
                   R"(,"talk_time":"0","ready_time":"0","external_calls_count":"0"}])"));
}

TEST_F(JsonCommand, ValuesAreExact) {
  run("callcenter_config agent set contact ann 'user/1|user/2'");

  EXPECT_NE(ask(R"({"arguments":"agent list"})").find(R"("contact":"user/1|user/2")"),
            std::string::npos);
}

TEST_F(JsonCommand, ListsWhatIsAskedFor) {
  const struct {
    std::string_view data;
    std::string_view response;
  } lists[] = {
      {R"({"arguments":"TIER list"})",
       R"([{"queue":"support@default","agent":"ann","state":"Ready","level":"2","position":"1"}])"},
      {R"({"arguments":"member list"})", "[]"},
      {R"({"arguments":"queue list tiers","queue_name":"support@default"})",
       R"([{"queue":"support@default","agent":"ann","state":"Ready","level":"2","position":"1"}])"},
      {R"({"arguments":"queue list tiers","queue_name":"sales@default"})", "[]"},
      {R"({"arguments":"queue list agents","queue_name":"sales@default"})", "[]"},
      {R"({"arguments":"queue list members","queue_name":"support@default"})", "[]"},
      {R"({"arguments":"queue list members","queue_name":"nowhere"})", "[]"},
  };

  for (const auto& list : lists) {
    EXPECT_EQ(ask(list.data),
              reply(list.data, R"("status":"success","response":)" + std::string(list.response)));
  }
}

TEST_F(JsonCommand, QueuesHaveNumbersAndNoCounters) {
  constexpr auto kData = R"({"arguments":"queue list"})";
  const std::string reply = ask(kData);

  const auto queue = parse_json(reply)->at("response").at(0);
  EXPECT_EQ(compact_json(queue),
            R"({"name":"support@default","strategy":"longest-idle-agent")"
            R"(,"moh_sound":"local_stream://moh","time_base_score":"queue")"
            R"(,"tier_rules_apply":"false","tier_rule_wait_second":0)"
            R"(,"tier_rule_wait_multiply_level":"false","tier_rule_no_agent_no_wait":"true")"
            R"(,"discard_abandoned_after":60,"abandoned_resume_allowed":"false")"
            R"(,"max_wait_time":90,"max_wait_time_with_no_agent":0)"
            R"(,"max_wait_time_with_no_agent_time_reached":5)"
            R"(,"skip_agents_with_external_calls":"true","agent_no_answer_status":"On Break"})");
  EXPECT_FALSE(parse_json(reply)->at("response").at(1).contains("moh_sound"));
}

TEST_F(JsonCommand, RefusesWithAMessage) {
  constexpr auto kFailed = R"("status":"error","message":"The command returned an error",)";
  const struct {
    std::string_view data;
    std::string_view response;
  } requests[] = {
      {R"({"arguments":"queue list agents"})", R"({"error":"Missing data attribute: queue_name"})"},
      {R"({"arguments":"queue list agents","queue_name":7})",
       R"({"error":"Missing data attribute: queue_name"})"},
      {R"({"arguments":"agent add"})", "null"},
      {R"({"arguments":"queue list "})", "null"},
      {R"({"arguments":""})", "null"},
      {R"({"arguments":["agent list"]})", "null"},
      {"{}", "null"},
      {"[]", "null"},
  };

  for (const auto& request : requests) {
    EXPECT_EQ(ask(request.data), reply(request.data, kFailed + std::string("\"response\":") +
                                                         std::string(request.response)));
  }
}

TEST_F(JsonCommand, UnknownRequestsAreNamedSo) {
  constexpr auto kUnknown =
      R"("status":"error","message":"Invalid request or non-existant command","response":null})";

  for (const std::string request :
       {R"({"command":"callcenter_config")", R"({"command":"no_such","data":{})", R"({"x":1)"}) {
    EXPECT_EQ(run("json " + request + "}"), request + "," + kUnknown + "\n");
  }
}

TEST_F(JsonCommand, WhatIsNoJsonIsRefused) {
  EXPECT_EQ(run("json"), "-ERR No JSON supplied.\n");
  for (const std::string text : {"{not json", "[1]", "7", "{} x", "\"a\""}) {
    EXPECT_EQ(run("json " + text), "-ERR Parse error.\n") << text;
  }
  EXPECT_EQ(run("json {\"a\":" + std::string(10'000, '[')), "-ERR Parse error.\n");
  EXPECT_EQ(run("json {\"a\":" + std::string(70, '[') + std::string(70, ']') + "}"),
            "-ERR Parse error.\n");
}

TEST_F(JsonCommand, PrettyRepliesAreIndentedByTabs) {
  EXPECT_EQ(run(R"(json {"command":"callcenter_config","format":"pretty",)"
                R"("data":{"arguments":"tier list","empty":{}}})"),
            "{\n"
            "\t\"command\":\t\"callcenter_config\",\n"
            "\t\"format\":\t\"pretty\",\n"
            "\t\"data\":\t{\n"
            "\t\t\"arguments\":\t\"tier list\",\n"
            "\t\t\"empty\":\t{\n\t\t}\n"
            "\t},\n"
            "\t\"status\":\t\"success\",\n"
            "\t\"response\":\t[{\n"
            "\t\t\t\"queue\":\t\"support@default\",\n"
            "\t\t\t\"agent\":\t\"ann\",\n"
            "\t\t\t\"state\":\t\"Ready\",\n"
            "\t\t\t\"level\":\t\"2\",\n"
            "\t\t\t\"position\":\t\"1\"\n"
            "\t\t}]\n"
            "}\n");
}

}  // namespace
}  // namespace api
