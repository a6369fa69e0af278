#include "esl/client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <mutex>

#include "esl/server.h"

namespace esl {
namespace {

using testing::HasSubstr;

// A server that answers with the command itself; `silent` and nothing else gets no answer.
class ClientTest : public testing::Test {
 protected:
  void SetUp() override {
    ServerOptions options;
    options.port = 0;
    const std::lock_guard guard(mutex_);
    auto server = Server::start(options, [this](const Request& request) {
      const std::lock_guard asked(mutex_);
      const auto& api = std::get<ApiRequest>(request);
      if (api.command != "silent") server_->reply(api.ticket, api.command);
      return true;
    });
    ASSERT_TRUE(server.has_value()) << server.error();
    server_ = std::move(*server);
  }

  ClientOptions options() {
    ClientOptions options;
    options.port = server_->port();
    return options;
  }

  std::mutex mutex_;
  std::unique_ptr<Server> server_;
};

TEST_F(ClientTest, RunsCommands) {
  auto client = Client::connect(options());
  ASSERT_TRUE(client.has_value()) << client.error();

  EXPECT_EQ(client->api("status now"), "status now");
  const std::string large(60'000, 'x');
  EXPECT_EQ(client->api(large), large);
  EXPECT_EQ(client->api(""), "-ERR  Command not found!\n");
}

TEST_F(ClientTest, SaysThatThePasswordIsWrong) {
  ClientOptions wrong = options();
  wrong.password = "nope";

  EXPECT_EQ(Client::connect(wrong).error(), "the server refuses the password");
}

TEST_F(ClientTest, SaysThatNobodyListens) {
  const ClientOptions gone = options();
  server_.reset();

  EXPECT_THAT(Client::connect(gone).error(), HasSubstr("Connection refused"));
}

TEST_F(ClientTest, GivesUpWhenNoAnswerComes) {
  ClientOptions hasty = options();
  hasty.timeout = std::chrono::milliseconds(50);
  auto client = Client::connect(hasty);
  ASSERT_TRUE(client.has_value()) << client.error();

  EXPECT_EQ(client->api("silent").error(), "no answer in time");
}

TEST_F(ClientTest, NoticesThatTheServerIsGone) {
  auto client = Client::connect(options());
  ASSERT_TRUE(client.has_value()) << client.error();

  server_.reset();

  EXPECT_FALSE(client->api("status").has_value());
}

TEST_F(ClientTest, SendsOneLineOnly) {
  auto client = Client::connect(options());
  ASSERT_TRUE(client.has_value()) << client.error();

  EXPECT_EQ(client->api("status\n\nexit").error(), "a command is one line");
  EXPECT_EQ(client->api("still fine"), "still fine");
}

}  // namespace
}  // namespace esl
