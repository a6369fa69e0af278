#include "esl/server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>
#include <vector>

#include "esl/framing.h"
#include "net/raw_client_testing.h"

namespace esl {
namespace {

using net::RawClient;
using testing::HasSubstr;
using testing::StartsWith;

constexpr std::string_view kBye =
    "Content-Type: text/disconnect-notice\nContent-Length: 67\n\n"
    "Disconnected, goodbye.\nSee you at ClueCon! http://www.cluecon.com/\n";

std::string reply_of(const std::string& text) {
  return "Content-Type: command/reply\nReply-Text: " + text + "\n\n";
}
std::string response_of(const std::string& text) {
  return "Content-Type: api/response\nContent-Length: " + std::to_string(text.size()) + "\n\n" +
         text;
}

std::size_t count_of(std::string_view part, std::string_view text) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) {
    ++count;
  }
  return count;
}

// A server whose core answers each api command with its own text, unless told to keep it.
class ServerTest : public testing::Test {
 protected:
  void start(ServerOptions options = {}) {
    options.port = 0;
    auto server = Server::start(options, [this](Request request) { return take(request); });
    ASSERT_TRUE(server.has_value()) << server.error();
    const std::lock_guard guard(mutex_);
    server_ = std::move(*server);
  }

  bool take(const Request& request) {
    const std::lock_guard guard(mutex_);
    if (busy_) return false;
    if (const auto* api = std::get_if<ApiRequest>(&request); api && !keep_) {
      server_->reply(api->ticket, api->command);
    }
    if (const auto* message = std::get_if<MessageRequest>(&request)) {
      server_->reply(message->ticket, "-ERR invalid session id [" + message->uuid + "]");
    }
    requests_.push_back(request);
    asked_.notify_all();
    return true;
  }

  // Waits until the core was asked `count` things. Returns: the last of them.
  Request wait_request(std::size_t count = 1) {
    std::unique_lock guard(mutex_);
    EXPECT_TRUE(asked_.wait_for(guard, std::chrono::seconds(10),
                                [&] { return requests_.size() >= count; }));
    return requests_.back();
  }

  void publish(const std::string& name, const std::string& subclass, std::uint64_t sequence,
               const std::string& body = "") {
    auto event = std::make_shared<base::EslEvent>();
    event->name = name;
    event->subclass = subclass;
    event->sequence = sequence;
    event->body = body;
    server_->publish(event);
  }

  // Waits until a figure of the server is as wanted, by talking to it meanwhile.
  template <class Condition>
  bool wait_stats(Condition condition) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (!condition(server_->stats())) {
      if (std::chrono::steady_clock::now() > deadline) return false;
      RawClient client(server_->port());
      client.read_message();
    }
    return true;
  }

  std::mutex mutex_;
  std::condition_variable asked_;
  std::vector<Request> requests_;
  bool keep_ = false;
  bool busy_ = false;
  std::unique_ptr<Server> server_;
};

// ---- starting ----------------------------------------------------------------------------------

TEST_F(ServerTest, RefusesToShowTheDefaultPasswordToTheWorld) {
  for (const char* address : {"0.0.0.0", "::", "192.0.2.1"}) {
    const auto server = Server::start({.listen_ip = address, .port = 0}, {});

    ASSERT_FALSE(server.has_value()) << address;
    EXPECT_THAT(server.error(), HasSubstr("the password is the default one"));
  }
}

TEST_F(ServerTest, RefusesAnEmptyPasswordAndWhatIsNoAddress) {
  EXPECT_FALSE(Server::start({.port = 0, .password = ""}, {}).has_value());
  EXPECT_THAT(Server::start({.listen_ip = "localhost:1"}, {}).error(),
              HasSubstr("localhost:1 is not an address"));
}

TEST_F(ServerTest, SaysWhichPortIsTaken) {
  start();

  const auto second = Server::start({.port = server_->port()}, {});

  ASSERT_FALSE(second.has_value());
  EXPECT_THAT(second.error(), HasSubstr("port " + std::to_string(server_->port())));
}

// ---- authentication (golden/i-auth.json) -------------------------------------------------------

TEST_F(ServerTest, LetsInWhoKnowsThePassword) {
  start();
  for (const char* line : {"auth ClueCon\n\n", "auth ClueCon\r\n\r\n"}) {
    RawClient client(server_->port());
    EXPECT_EQ(client.read_message(), "Content-Type: auth/request\n\n");
    client.send(line);
    EXPECT_EQ(client.read_message(), reply_of("+OK accepted"));
  }
}

TEST_F(ServerTest, ClosesAfterAWrongPasswordWhateverFollows) {
  start();
  RawClient client(server_->port());
  client.read_message();

  client.send("auth nope\n\nauth ClueCon\n\napi status\n\n");

  EXPECT_EQ(client.read_to_end(), reply_of("-ERR invalid") + std::string(kBye));
  client.end_input();
  EXPECT_TRUE(requests_.empty());
}

TEST_F(ServerTest, CommandsOfAStrangerAreUnknown) {
  start();
  RawClient client(server_->port());
  client.read_message();

  EXPECT_EQ(client.ask("api status"), reply_of("-ERR command not found"));
  EXPECT_EQ(client.ask("auth"), reply_of("-ERR command not found"));
  EXPECT_EQ(client.ask("auth ClueCon"), reply_of("+OK accepted"));
}

TEST_F(ServerTest, StrangersDoNotStay) {
  start({.auth_timeout = std::chrono::milliseconds(30)});
  RawClient client(server_->port());

  EXPECT_EQ(client.read_to_end(), "Content-Type: auth/request\n\n");
  EXPECT_TRUE(wait_stats([](const ServerStats& stats) { return stats.wrong_password >= 1; }));
}

TEST_F(ServerTest, ClientsStayBeyondTheTimeForStrangers) {
  start({.auth_timeout = std::chrono::milliseconds(200)});
  RawClient known(server_->port());
  known.log_in();
  RawClient stranger(server_->port());
  EXPECT_EQ(stranger.read_to_end(), "Content-Type: auth/request\n\n");

  EXPECT_EQ(known.ask("api still here"), response_of("still here"));
}

// ---- commands ----------------------------------------------------------------------------------

TEST_F(ServerTest, AnswersApiCommands) {
  start();
  RawClient client(server_->port());
  client.log_in();

  EXPECT_EQ(client.ask("api echo hello world"), response_of("echo hello world"));
  EXPECT_EQ(client.ask("api "), response_of("-ERR  Command not found!\n"));
  EXPECT_EQ(client.ask("sendmsg 0000\ncall-command: hangup"),
            reply_of("-ERR invalid session id [0000]"));
}

TEST_F(ServerTest, LongAnswersArriveWhole) {
  start();
  keep_ = true;
  RawClient client(server_->port());
  client.log_in();
  client.send("api callcenter_config agent list\n\n");
  const std::string list(5 << 20, 'x');

  server_->reply(std::get<ApiRequest>(wait_request()).ticket, list);

  EXPECT_EQ(client.read_message(), response_of(list));
  EXPECT_EQ(client.ask("nolog"), reply_of("+OK no longer logging"));
}

TEST_F(ServerTest, PipelinedCommandsAreAnsweredInTheirOrder) {
  start();
  keep_ = true;
  RawClient client(server_->port());
  client.read_message();

  client.send("auth ClueCon\n\napi first\n\nnolog\r\n\r\nbgapi second\nJob-UUID: j\n\nexit\n\n");
  server_->reply(std::get<ApiRequest>(wait_request()).ticket, "1");

  EXPECT_EQ(client.read_to_end(),
            reply_of("+OK accepted") + response_of("1") + reply_of("+OK no longer logging") +
                "Content-Type: command/reply\nReply-Text: +OK Job-UUID: j\nJob-UUID: j\n\n" +
                reply_of("+OK bye") + std::string(kBye));
}

TEST_F(ServerTest, ManyPipelinedCommandsFindNoLimit) {
  start();
  RawClient client(server_->port());
  client.log_in();
  std::string commands;
  std::string answers;
  for (int i = 0; i < 2000; ++i) {
    const std::string text = "n" + std::to_string(i) + std::string(100, '.');
    commands += "api " + text + "\n\n";
    answers += response_of(text);
  }

  client.send(commands);

  EXPECT_EQ(client.read_bytes(answers.size()), answers);
}

TEST_F(ServerTest, AnswersAClientThatHasEndedItsInput) {
  start();
  keep_ = true;
  RawClient client(server_->port());
  client.read_message();
  client.send("auth ClueCon\n\napi status\n\n");
  client.end_input();

  server_->reply(std::get<ApiRequest>(wait_request()).ticket, "up");

  EXPECT_EQ(client.read_to_end(), reply_of("+OK accepted") + response_of("up"));
}

TEST_F(ServerTest, BackgroundJobsAreHandedOverAndTheirAnswersIgnored) {
  start();
  RawClient client(server_->port());
  client.log_in();

  EXPECT_THAT(client.ask("bgapi echo hi\nJob-UUID: my-own-job"), HasSubstr("my-own-job"));

  const auto request = std::get<ApiRequest>(wait_request());
  EXPECT_EQ(request.command, "echo hi");
  EXPECT_EQ(request.job_uuid, "my-own-job");
  EXPECT_EQ(client.ask("nolog"), reply_of("+OK no longer logging"));
}

TEST_F(ServerTest, TicketsGoOnFromWhereTheyAreTold) {
  start({.first_ticket = 7'000'000'000});
  RawClient client(server_->port());
  client.log_in();
  client.ask("api x");

  EXPECT_GE(std::get<ApiRequest>(wait_request()).ticket.value, 7'000'000'000u);
}

TEST_F(ServerTest, AnswersForNobodyAreIgnored) {
  start();
  keep_ = true;
  base::Ticket ticket;
  {
    RawClient client(server_->port());
    client.log_in();
    client.send("api x\n\n");
    ticket = std::get<ApiRequest>(wait_request()).ticket;
  }

  server_->reply(ticket, "late");
  server_->reply(ticket, "twice");
  server_->reply(base::Ticket{123456}, "never asked");

  RawClient client(server_->port());
  client.log_in();
}

TEST_F(ServerTest, SaysSoWhenTheCoreIsBusy) {
  start();
  RawClient client(server_->port());
  client.log_in();
  busy_ = true;

  EXPECT_EQ(client.ask("api status"), response_of("-ERR server too busy\n"));
  EXPECT_EQ(client.ask("bgapi status"), reply_of("-ERR server too busy"));
  EXPECT_EQ(client.ask("sendevent CUSTOM"), reply_of("-ERR server too busy"));
}

// ---- events ------------------------------------------------------------------------------------

TEST_F(ServerTest, EventsReachThoseWhoWantThemInTheirFormat) {
  start();
  RawClient plain(server_->port());
  plain.log_in();
  RawClient json(server_->port());
  json.log_in();
  plain.ask("event plain CUSTOM callcenter::info");
  json.ask("event json HEARTBEAT");

  publish("CUSTOM", "other::thing", 1);
  publish("CUSTOM", "callcenter::info", 2);
  publish("HEARTBEAT", "", 3);

  const std::string first = plain.read_message();
  EXPECT_THAT(first, StartsWith("Content-Length: "));
  EXPECT_THAT(first, HasSubstr("\nContent-Type: text/event-plain\n\n"
                               "Event-Subclass: callcenter%3A%3Ainfo\nEvent-Name: CUSTOM\n"));
  EXPECT_THAT(first, HasSubstr("\nEvent-Sequence: 2\n"));
  EXPECT_THAT(json.read_message(), HasSubstr("\"Event-Sequence\":\"3\""));
}

TEST_F(ServerTest, EventsKeepTheirOrderAndStopWhenTold) {
  start();
  RawClient client(server_->port());
  client.log_in();
  client.ask("event plain ALL");
  for (std::uint64_t i = 1; i <= 500; ++i) publish("HEARTBEAT", "", i, "body");

  for (std::uint64_t i = 1; i <= 500; ++i) {
    ASSERT_THAT(client.read_message(),
                HasSubstr("Event-Sequence: " + std::to_string(i) + "\nContent-Length: 4\n\nbody"));
  }
  EXPECT_EQ(client.ask("noevents"), reply_of("+OK no longer listening for events"));
  publish("HEARTBEAT", "", 501);
  EXPECT_EQ(client.ask("nolog"), reply_of("+OK no longer logging"));
}

TEST_F(ServerTest, FiltersLetThroughOnlyWhatMatches) {
  start();
  RawClient client(server_->port());
  client.log_in();
  client.ask("event plain ALL");
  client.ask("filter Event-Name DTMF");

  publish("HEARTBEAT", "", 1);
  publish("DTMF", "", 2);

  EXPECT_THAT(client.read_message(), HasSubstr("Event-Sequence: 2"));
}

TEST_F(ServerTest, EventsPublishedBeforeAnAnswerArriveBeforeIt) {
  start();
  keep_ = true;
  RawClient client(server_->port());
  client.log_in();
  client.ask("event plain HEARTBEAT");
  client.send("api x\n\n");
  const auto ticket = std::get<ApiRequest>(wait_request()).ticket;

  publish("HEARTBEAT", "", 1);
  server_->reply(ticket, "done");

  EXPECT_THAT(client.read_message(), HasSubstr("text/event-plain"));
  EXPECT_EQ(client.read_message(), response_of("done"));
}

TEST_F(ServerTest, SendeventHandsTheEventToTheCore) {
  start();
  RawClient client(server_->port());
  client.log_in();

  EXPECT_THAT(client.ask("sendevent CUSTOM\nEvent-Subclass: kit::note\nContent-Length: 17\n\n"
                         "line one\n\nline 2\n"
                         "nolog"),
              StartsWith("Content-Type: command/reply\nReply-Text: +OK "));
  EXPECT_EQ(client.read_message(), reply_of("+OK no longer logging"));

  const auto event = std::get<EventRequest>(wait_request()).event;
  EXPECT_EQ(event.subclass, "kit::note");
  EXPECT_EQ(event.body, "line one\n\nline 2\n");
}

// ---- limits ------------------------------------------------------------------------------------

TEST_F(ServerTest, TellsASlowClientWhatItMissed) {
  start({.send_bytes_max = 256 << 10});
  RawClient slow(server_->port(), 4096);
  slow.log_in();
  slow.ask("event plain HEARTBEAT");
  RawClient quick(server_->port());
  quick.log_in();

  // More than the limit and what the system buffers (some MiB) together.
  for (std::uint64_t i = 1; i <= 400; ++i) publish("HEARTBEAT", "", i, std::string(100'000, 'x'));
  EXPECT_EQ(quick.ask("api unharmed"), response_of("unharmed"));

  // While the system's buffers fill it may catch up once or twice and fall behind again.
  constexpr std::string_view kLost = "Events-Lost: ";
  std::uint64_t lost = 0;
  std::uint64_t seen = 0;
  for (int messages = 0; seen + lost < 400 && messages < 800; ++messages) {
    const std::string message = slow.read_message();
    const std::size_t at = message.find(kLost);
    if (at == std::string::npos) {
      seen += count_of("Event-Name: HEARTBEAT\n", message);
      continue;
    }
    EXPECT_THAT(message, HasSubstr("Event-Subclass: ringmaster%3A%3Aevents-lost\n"));
    EXPECT_THAT(message, HasSubstr("First-Lost-Sequence: "));
    lost += std::stoull(message.substr(at + kLost.size()));
  }
  EXPECT_GT(lost, 100u);
  EXPECT_EQ(seen + lost, 400u) << "nothing is missing without a word";
  EXPECT_GE(server_->stats().fell_behind, 1u);
  EXPECT_EQ(server_->stats().events_kept, lost);
  EXPECT_EQ(server_->stats().too_slow, 0u);
  publish("HEARTBEAT", "", 401);
  EXPECT_THAT(slow.read_message(), HasSubstr("Event-Sequence: 401\n")) << "it goes on from here";
}

TEST_F(ServerTest, CutsOffWhoReadsNothingAtAll) {
  start({.send_bytes_max = 256 << 10, .stuck_timeout = std::chrono::milliseconds(50)});
  RawClient slow(server_->port(), 4096);
  slow.log_in();
  slow.ask("event plain HEARTBEAT");

  // Until the system's buffers are full a slow client catches up now and then.
  std::uint64_t sequence = 0;
  EXPECT_TRUE(wait_stats([&](const ServerStats& stats) {
    for (int i = 0; i < 10; ++i) publish("HEARTBEAT", "", ++sequence, std::string(100'000, 'x'));
    return stats.too_slow == 1;
  }));
  slow.read_to_end();
}

TEST_F(ServerTest, SendsTheLogToWhoAskedForIt) {
  start();
  RawClient client(server_->port());
  client.log_in();
  EXPECT_EQ(client.ask("log warning"), reply_of("+OK log level warning"));

  server_->log({LogLevel::Info, "too small a thing"});
  server_->log({LogLevel::Warning, "watch out"});

  EXPECT_EQ(client.read_message(),
            "Content-Type: log/data\nContent-Length: 10\nLog-Level: 4\nText-Channel: 0\n"
            "Log-File: ringmaster\nLog-Func: log\nLog-Line: 1\nUser-Data: \n\nwatch out\n");
  EXPECT_EQ(client.ask("nolog"), reply_of("+OK no longer logging"));
  server_->log({LogLevel::Error, "nobody listens"});
  EXPECT_EQ(client.ask("api x"), response_of("x"));
}

TEST_F(ServerTest, OversizedLinesEndTheConnectionWithAReason) {
  start();
  RawClient stranger(server_->port());
  stranger.read_message();
  stranger.send(std::string(kLimitsBeforeAuth.line_bytes + 1, 'a'));
  EXPECT_EQ(stranger.read_to_end(), reply_of("-ERR line too long") + std::string(kBye));

  RawClient client(server_->port());
  client.log_in();
  client.send("api " + std::string(kLimitsAfterAuth.line_bytes, 'a') + "\n\n");
  EXPECT_EQ(client.read_to_end(), reply_of("-ERR line too long") + std::string(kBye));
  client.end_input();
  stranger.end_input();

  EXPECT_TRUE(wait_stats([](const ServerStats& stats) { return stats.malformed == 2; }));
}

TEST_F(ServerTest, TurnsAwayWhoComesWhenAllPlacesAreTaken) {
  start({.connections_max = 1});
  RawClient first(server_->port());
  first.log_in();

  RawClient second(server_->port());

  EXPECT_EQ(second.read_to_end(), "");
  EXPECT_EQ(server_->stats().turned_away, 1u);
  EXPECT_EQ(server_->stats().open, 1u);
  EXPECT_EQ(first.ask("api x"), response_of("x"));
}

TEST_F(ServerTest, EndsWithClientsConnectedAndAsking) {
  start();
  keep_ = true;
  RawClient client(server_->port());
  client.log_in();
  client.ask("event plain ALL");
  client.send("api x\n\n");
  wait_request();
  publish("HEARTBEAT", "", 1);

  server_.reset();

  client.read_to_end();
}

}  // namespace
}  // namespace esl
