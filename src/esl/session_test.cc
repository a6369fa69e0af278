#include "esl/session.h"

#include <gtest/gtest.h>

namespace esl {
namespace {

constexpr base::Ticket kTicket{42};

class SessionTest : public testing::Test {
 protected:
  void SetUp() override { handle("auth ClueCon"); }

  Reaction handle(const std::string& line, base::Headers headers = {}, std::string body = {}) {
    return session_.handle({line, std::move(headers), std::move(body)}, kTicket);
  }
  // The Reply-Text of the reply to one line.
  std::string reply_to(const std::string& line) { return text_of(handle(line).output); }

  static std::string text_of(const std::string& output) {
    static constexpr std::string_view kStart = "Content-Type: command/reply\nReply-Text: ";
    EXPECT_TRUE(output.starts_with(kStart)) << output;
    EXPECT_TRUE(output.ends_with("\n\n")) << output;
    return output.substr(kStart.size(), output.size() - kStart.size() - 2);
  }

  base::Random random_{1};
  Session session_{"ClueCon", random_};
};

// ---- a stranger --------------------------------------------------------------------------------

class StrangerTest : public SessionTest {
 protected:
  void SetUp() override {}
};

TEST_F(StrangerTest, IsKnownAfterTheRightPassword) {
  EXPECT_EQ(Session::greeting(), "Content-Type: auth/request\n\n");
  EXPECT_EQ(handle("AUTH ClueCon").output,
            "Content-Type: command/reply\nReply-Text: +OK accepted\n\n");
  EXPECT_TRUE(session_.is_known());
}

TEST_F(StrangerTest, IsShownTheDoorAfterOneWrongPassword) {
  for (const char* line : {"auth nope", "auth clueCon", "auth ClueCo", "auth ClueConX", "auth "}) {
    Session session("ClueCon", random_);

    EXPECT_EQ(text_of(session.handle({line, {}, {}}, kTicket).output), "-ERR invalid") << line;
    EXPECT_TRUE(session.is_over());
    EXPECT_TRUE(session.is_turned_away());
  }
  EXPECT_TRUE(Session::farewell().ends_with(
      "Content-Length: 67\n\n"
      "Disconnected, goodbye.\nSee you at ClueCon! http://www.cluecon.com/\n"));
}

TEST_F(StrangerTest, CanDoNothingElseAndNotForLong) {
  EXPECT_EQ(reply_to("auth"), "-ERR command not found");
  EXPECT_EQ(reply_to("api status"), "-ERR command not found");
  EXPECT_FALSE(session_.is_over());
  EXPECT_EQ(reply_to("event plain ALL"), "-ERR command not found");
  EXPECT_TRUE(session_.is_turned_away());
}

TEST_F(StrangerTest, MayLeave) {
  EXPECT_EQ(reply_to("exit"), "+OK bye");
  EXPECT_TRUE(session_.is_over());
  EXPECT_FALSE(session_.is_turned_away());
}

// ---- replies as recorded -----------------------------------------------------------------------

TEST_F(SessionTest, AnswersCommandsAsTheRecordingsDo) {
  const struct {
    const char* line;
    const char* reply;
  } kRows[] = {
      // golden/i-commands.json
      {"event plain ALL", "+OK event listener enabled plain"},
      {"event json CUSTOM callcenter::info", "+OK event listener enabled json"},
      {"event xml HEARTBEAT", "+OK event listener enabled xml"},
      {"event plain", "-ERR no keywords supplied"},
      {"event", "-ERR no keywords supplied"},
      {"event plain NO_SUCH_EVENT", "-ERR no keywords supplied"},
      {"event plain HEARTBEAT NO_SUCH", "+OK event listener enabled plain"},
      {"event bogus ALL", "+OK event listener enabled plain"},
      {"events plain HEARTBEAT", "+OK event listener enabled plain"},
      {"nixevent HEARTBEAT", "+OK events nixed"},
      {"nixevent", "-ERR no keywords supplied"},
      {"nixevent NOPE", "-ERR no keywords supplied"},
      {"noevents", "+OK no longer listening for events"},
      {"filter Event-Name HEARTBEAT", "+OK filter added. [Event-Name]=[HEARTBEAT]"},
      {"filter", "-ERR command not found"},
      {"filter CC-Queue", "-ERR invalid syntax"},
      {"filter delete Event-Name HEARTBEAT", "+OK filter deleted. [Event-Name][HEARTBEAT]"},
      {"filter delete CC-Queue", "+OK filter deleted. [CC-Queue][]"},
      {"filter delete all", "+OK filter deleted. [all][]"},
      {"linger", "-ERR not controlling a session"},
      {"linger 5", "-ERR not controlling a session"},
      {"nolinger", "-ERR not controlling a session"},
      {"sendmsg", "-ERR invalid session id []"},
      // golden/i-api.json
      {"api", "-ERR command not found"},
      {"nosuch", "-ERR command not found"},
      {"nolog", "+OK no longer logging"},
      {"divert_events on", "-ERR not controlling a session."},
      {"getvar x", "-ERR command not found"},
      // Not recorded.
      {"bgapi", "-ERR command not found"},
      {"auth ClueCon", "-ERR command not found"},
      {"log 7", "+OK log level 7"},
      {"log loud", "-ERR invalid log level"},
      {"log 8", "-ERR invalid log level"},
      {"myevents", "-ERR invalid uuid"},
      {"exit", "+OK bye"},
  };
  for (const auto& row : kRows) EXPECT_EQ(reply_to(row.line), row.reply) << row.line;
  EXPECT_TRUE(session_.is_over());
}

// ---- api and bgapi -----------------------------------------------------------------------------

TEST_F(SessionTest, ApiAsksAndAnswersWithALength) {
  const Reaction reaction = handle("API callcenter_config agent list");

  EXPECT_EQ(reaction.output, "");
  const auto& request = std::get<ApiRequest>(*reaction.request);
  EXPECT_EQ(request.ticket, kTicket);
  EXPECT_EQ(request.command, "callcenter_config agent list");
  EXPECT_FALSE(request.job_uuid.has_value());
  EXPECT_TRUE(session_.is_waiting());
  EXPECT_EQ(session_.answer("+OK\n"), "Content-Type: api/response\nContent-Length: 4\n\n+OK\n");
  EXPECT_FALSE(session_.is_waiting());
}

TEST_F(SessionTest, EmptyAnswerIsNoReply) {
  handle("api callcenter_break x");

  EXPECT_EQ(session_.answer(""),
            "Content-Type: api/response\nContent-Length: 14\n\n-ERR no reply\n");
}

TEST_F(SessionTest, ApiWithoutANameNeverReachesTheCore) {
  for (const char* line : {"api ", "api  echo two spaces"}) {
    const Reaction reaction = handle(line);

    EXPECT_EQ(reaction.output,
              "Content-Type: api/response\nContent-Length: 25\n\n-ERR  Command not found!\n");
    EXPECT_FALSE(reaction.request.has_value());
    EXPECT_FALSE(session_.is_waiting());
  }
}

TEST_F(SessionTest, BgapiAnswersAtOnceWithTheJobsId) {
  const Reaction given = handle("bgapi echo hi there", {{"Job-UUID", "my-own-job"}});

  EXPECT_EQ(given.output,
            "Content-Type: command/reply\nReply-Text: +OK Job-UUID: my-own-job\n"
            "Job-UUID: my-own-job\n\n");
  EXPECT_EQ(std::get<ApiRequest>(*given.request).command, "echo hi there");
  EXPECT_EQ(std::get<ApiRequest>(*given.request).job_uuid, "my-own-job");
  EXPECT_FALSE(session_.is_waiting());
}

TEST_F(SessionTest, BgapiMakesAnIdWhenNoneIsGiven) {
  const Reaction first = handle("bgapi status");
  const Reaction second = handle("bgapi status");

  const auto job = [](const Reaction& reaction) {
    return *std::get<ApiRequest>(*reaction.request).job_uuid;
  };
  EXPECT_EQ(job(first).size(), 36u);
  EXPECT_NE(job(first), job(second));
  EXPECT_NE(first.output.find("\nJob-UUID: " + job(first) + "\n\n"), std::string::npos);
}

TEST_F(SessionTest, RefusalsAreReadyForACoreThatTakesNothing) {
  EXPECT_EQ(handle("bgapi status").refusal,
            "Content-Type: command/reply\nReply-Text: -ERR server too busy\n\n");
  EXPECT_EQ(handle("api status").refusal,
            "Content-Type: api/response\nContent-Length: 21\n\n-ERR server too busy\n");
  session_.stop_waiting();
  EXPECT_EQ(reply_to("nolog"), "+OK no longer logging");
}

// ---- sendevent and sendmsg ---------------------------------------------------------------------

TEST_F(SessionTest, SendeventHandsOverTheEvent) {
  const Reaction reaction = handle("sendevent CUSTOM",
                                   {{"Event-Subclass", "kit::note"},
                                    {"Kit-Value", "a b c"},
                                    {"Event-Sequence", "99"},
                                    {"FreeSWITCH-Hostname", "forged"},
                                    {"Content-Length", "8"}},
                                   "line one");

  const auto& event = std::get<EventRequest>(*reaction.request).event;
  EXPECT_EQ(event.name, "CUSTOM");
  EXPECT_EQ(event.subclass, "kit::note");
  EXPECT_EQ(event.body, "line one");
  EXPECT_EQ(event.get("Command"), "sendevent CUSTOM");
  EXPECT_EQ(event.get("Kit-Value"), "a b c");
  EXPECT_EQ(event.headers.size(), 3u);
  EXPECT_EQ(text_of(reaction.output), "+OK " + std::string(event.get("Event-UUID")));
}

TEST_F(SessionTest, SendeventKnowsTheOtherNames) {
  EXPECT_EQ(std::get<EventRequest>(*handle("sendevent presence_in").request).event.name,
            "PRESENCE_IN");
  EXPECT_EQ(std::get<EventRequest>(*handle("sendevent").request).event.name, "CUSTOM");
}

TEST_F(SessionTest, SendmsgWaitsForTheCoresWord) {
  const Reaction reaction = handle("sendmsg 1234", {{"call-command", "hangup"}}, "b");

  const auto& request = std::get<MessageRequest>(*reaction.request);
  EXPECT_EQ(request.ticket, kTicket);
  EXPECT_EQ(request.uuid, "1234");
  EXPECT_EQ(request.headers, (base::Headers{{"call-command", "hangup"}}));
  EXPECT_EQ(request.body, "b");
  EXPECT_TRUE(session_.is_waiting());
  EXPECT_EQ(text_of(session_.answer("-ERR invalid session id [1234]\n")),
            "-ERR invalid session id [1234]");
}

// ---- events ------------------------------------------------------------------------------------

TEST_F(SessionTest, OnlyAKnownClientWantsEvents) {
  base::EslEvent event;
  event.name = "HEARTBEAT";
  handle("event json HEARTBEAT");
  EXPECT_TRUE(session_.wants(event));
  EXPECT_EQ(session_.format(), EventFormat::Json);

  handle("exit");

  EXPECT_FALSE(session_.wants(event));
}

TEST_F(SessionTest, MyeventsAreThoseOfOneLeg) {
  base::EslEvent mine;
  mine.name = "CHANNEL_ANSWER";
  mine.add("Unique-ID", "1234");
  base::EslEvent other = mine;
  other.headers[0].second = "5678";

  EXPECT_EQ(reply_to("myevents 1234 json"), "+OK Events Enabled");

  EXPECT_TRUE(session_.wants(mine));
  EXPECT_FALSE(session_.wants(other));
  EXPECT_EQ(session_.format(), EventFormat::Json);
}

TEST_F(SessionTest, EndsWithAReasonWhenTheStreamIsNotUnderstood) {
  EXPECT_EQ(text_of(session_.end(FramingFault::LineTooLong)), "-ERR line too long");
  EXPECT_TRUE(session_.is_over());
}

}  // namespace
}  // namespace esl
