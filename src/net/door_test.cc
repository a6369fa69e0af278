#include "net/door.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>

namespace net {
namespace {

using testing::HasSubstr;

DoorOptions options() {
  return {.thread_name = "door",
          .name = "the door",
          .listen_ip = "127.0.0.1",
          .port = 0,
          .password = "secret",
          .default_password = "known"};
}

std::string refusal(const DoorOptions& wanted) {
  Door door;
  const auto listening = door.listen(wanted);
  return listening ? "" : listening.error();
}

TEST(Door, RefusesWhatEverybodyCouldOpen) {
  auto open_to_all = options();
  open_to_all.listen_ip = "0.0.0.0";
  open_to_all.password = "known";
  EXPECT_THAT(refusal(open_to_all), HasSubstr("the door: 0.0.0.0 can be reached"));
  open_to_all.listen_ip = "127.0.0.1";
  EXPECT_EQ(refusal(open_to_all), "");
  open_to_all.password = "";
  EXPECT_EQ(refusal(open_to_all), "the door: the password is empty");
}

TEST(Door, SaysWhichAddressItCannotTake) {
  auto taken = options();
  Door first;
  ASSERT_TRUE(first.listen(taken));
  taken.port = first.port();
  EXPECT_THAT(refusal(taken), HasSubstr("the door: 127.0.0.1 port " + std::to_string(taken.port)));
  taken.listen_ip = "example";
  EXPECT_EQ(refusal(taken), "the door: example is not an address");
}

TEST(Door, WelcomesConnectionsAndWorksOnItsThread) {
  std::promise<std::thread::id> welcomed;
  std::promise<std::thread::id> worked;
  Door door;
  ASSERT_TRUE(door.listen(options()));
  door.run([&](const Door::Socket&) { welcomed.set_value(std::this_thread::get_id()); });
  boost::asio::io_context io;
  Door::Socket client(io);
  client.connect({boost::asio::ip::make_address("127.0.0.1"), door.port()});
  door.post([&] { worked.set_value(std::this_thread::get_id()); });

  const auto thread = worked.get_future().get();
  EXPECT_EQ(welcomed.get_future().get(), thread);
  EXPECT_NE(thread, std::this_thread::get_id());
  door.stop();
}

}  // namespace
}  // namespace net
