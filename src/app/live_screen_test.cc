#include "app/live_screen.h"

#include <gtest/gtest.h>

namespace app {
namespace {

LoopStatus busy() {
  LoopStatus status;
  status.floor.waiting = 3;
  status.floor.longest_wait = base::Duration(83'400);
  status.floor.talking = 2;
  status.floor.agents_available = 1;
  status.floor.calls_served = 42;
  return status;
}

TEST(LiveScreen, ShowsTheFloorAndWhereToPointAPhone) {
  const std::string screen =
      render_screen(busy(), {.sip = "127.0.0.1:5060", .event_socket = "127.0.0.1:8021"});

  EXPECT_NE(screen.find("waiting            3     longest wait      1:23"), std::string::npos)
      << screen;
  EXPECT_NE(screen.find("talking            2     available            1"), std::string::npos);
  EXPECT_NE(screen.find("calls served      42"), std::string::npos);
  EXPECT_NE(screen.find("127.0.0.1:5060"), std::string::npos);
  EXPECT_EQ(screen.find("UNPROTECTED"), std::string::npos);
}

TEST(LiveScreen, SaysWhenACrashWouldLoseCalls) {
  auto status = busy();
  status.is_protected = false;

  EXPECT_NE(render_screen(status, {}).find("UNPROTECTED"), std::string::npos);
  EXPECT_NE(render_line(status).find("UNPROTECTED"), std::string::npos);
}

TEST(LiveScreen, SaysWhenNoNewCallsAreTaken) {
  auto status = busy();
  status.takes_new_calls = false;

  EXPECT_NE(render_screen(status, {}).find("No new calls"), std::string::npos);
  EXPECT_NE(render_line(status).find(", no new calls\n"), std::string::npos);
}

TEST(LiveScreen, OneLineSaysTheSame) {
  EXPECT_EQ(render_line(busy()), "waiting 3 (longest 1:23), talking 2, available 1, served 42\n");
}

}  // namespace
}  // namespace app
