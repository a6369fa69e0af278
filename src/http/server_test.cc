#include "http/server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <mutex>
#include <thread>
#include <vector>

#include "net/raw_client_testing.h"

namespace http {
namespace {

using net::RawClient;
using testing::HasSubstr;
using testing::StartsWith;

// Base64 of freeswitch:works, the default user and password.
constexpr std::string_view kCredentials = "ZnJlZXN3aXRjaDp3b3Jrcw==";
constexpr std::string_view kLastOfAnswer = "</methodResponse>";

std::string call(std::string_view command, std::string_view credentials = kCredentials) {
  const std::string body =
      "<?xml version=\"1.0\"?><methodCall><methodName>freeswitch.api</methodName><params>"
      "<param><value><string>" +
      std::string(command) +
      "</string></value></param><param><value><string></string></value></param></params>"
      "</methodCall>";
  return "POST /RPC2 HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\n"
         "Authorization: Basic " +
         std::string(credentials) + "\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\n\r\n" + body;
}

// Answers each command with its own name, from a thread of its own as the core does.
class HttpServerTest : public testing::Test {
 protected:
  HttpServerTest() {
    ServerOptions options;
    options.port = 0;
    auto server = Server::start(options, [this](base::Ticket ticket, std::string command) {
      const std::lock_guard lock(mutex_);
      if (!takes_commands_) return false;
      if (command == "never") return true;
      answers_.emplace_back(
          [this, ticket, text = std::move(command)] { server_->reply(ticket, text + " done"); });
      return true;
    });
    EXPECT_TRUE(server) << server.error();
    server_ = std::move(*server);
  }
  ~HttpServerTest() override {
    // No more commands come after this, so no answer is begun.
    {
      const std::lock_guard lock(mutex_);
      takes_commands_ = false;
    }
    for (std::thread& answer : answers_) answer.join();
    server_.reset();
  }

  std::unique_ptr<Server> server_;
  std::mutex mutex_;
  bool takes_commands_ = true;
  std::vector<std::thread> answers_;
};

TEST_F(HttpServerTest, ACommandGetsItsAnswer) {
  RawClient client(server_->port());
  client.send(call("status"));
  const std::string answer = client.read_until(kLastOfAnswer);
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 OK"));
  EXPECT_THAT(answer, HasSubstr("status done"));
}

TEST_F(HttpServerTest, OneConnectionTakesOneCommandAfterTheOther) {
  RawClient client(server_->port());
  client.send(call("first") + call("second"));
  EXPECT_THAT(client.read_until(kLastOfAnswer), HasSubstr("first done"));
  EXPECT_THAT(client.read_until(kLastOfAnswer), HasSubstr("second done"));
}

TEST_F(HttpServerTest, ManyConnectionsGetTheirOwnAnswers) {
  std::vector<std::unique_ptr<RawClient>> clients;
  for (int i = 0; i < 40; ++i) {
    clients.push_back(std::make_unique<RawClient>(server_->port()));
    clients.back()->send(call("command-" + std::to_string(i) + "-"));
  }
  for (std::size_t i = 0; i < clients.size(); ++i) {
    EXPECT_THAT(clients[i]->read_until(kLastOfAnswer),
                HasSubstr("command-" + std::to_string(i) + "- done"));
  }
}

TEST_F(HttpServerTest, AWrongPasswordIsAskedForAgain) {
  RawClient client(server_->port());
  client.send(call("status", "ZnJlZXN3aXRjaDp3cm9uZw=="));
  const std::string answer = client.read_until("\r\n\r\n");
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 401"));
  EXPECT_THAT(answer, HasSubstr("Basic realm=\"freeswitch\""));
}

TEST_F(HttpServerTest, ARequestThatIsTooLongIsRefused) {
  RawClient client(server_->port());
  client.send("POST /RPC2 HTTP/1.1\r\nContent-Length: 9999999\r\n\r\n");
  EXPECT_THAT(client.read_until("\r\n"), StartsWith("HTTP/1.1 413"));
}

TEST_F(HttpServerTest, ABusyCoreIsToldAsAFault) {
  {
    const std::lock_guard lock(mutex_);
    takes_commands_ = false;
  }
  RawClient client(server_->port());
  client.send(call("status"));
  EXPECT_THAT(client.read_until(kLastOfAnswer), HasSubstr("server too busy"));
}

TEST_F(HttpServerTest, AClientThatLeavesIsForgotten) {
  {
    RawClient client(server_->port());
    client.send(call("never"));
  }
  RawClient client(server_->port());
  client.send(call("status"));
  EXPECT_THAT(client.read_until(kLastOfAnswer), HasSubstr("status done"));
}

}  // namespace
}  // namespace http
