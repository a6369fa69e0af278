#include "app/heartbeat.h"

#include <gtest/gtest.h>

namespace app {
namespace {

using base::instant_ms;

TEST(Heartbeat, IsDueEveryTwentySeconds) {
  Heartbeat heartbeat(instant_ms(5'000));
  EXPECT_FALSE(heartbeat.is_due(instant_ms(24'999)));
  ASSERT_TRUE(heartbeat.is_due(instant_ms(25'000)));

  static_cast<void>(heartbeat.beat({}, instant_ms(25'250)));

  EXPECT_FALSE(heartbeat.is_due(instant_ms(45'249)));
  EXPECT_TRUE(heartbeat.is_due(instant_ms(45'250)));
}

TEST(Heartbeat, TellsHowBusyTheServerIs) {
  Heartbeat heartbeat(instant_ms(0));
  const auto first =
      heartbeat.beat({.legs = 7, .standing_by = 0, .legs_since_start = 100}, instant_ms(20'000));
  const auto second =
      heartbeat.beat({.legs = 3, .standing_by = 0, .legs_since_start = 140}, instant_ms(40'000));

  EXPECT_EQ(first.name, "HEARTBEAT");
  EXPECT_EQ(first.get("Event-Info"), "System Ready");
  EXPECT_EQ(first.get("Session-Count"), "7");
  EXPECT_EQ(first.get("Session-Per-Sec-Last"), "5");
  EXPECT_EQ(second.get("Session-Per-Sec-Last"), "2");
  EXPECT_EQ(second.get("Session-Per-Sec-Max"), "5");
  EXPECT_EQ(second.get("Session-Peak-Max"), "7");
  EXPECT_EQ(second.get("Session-Since-Startup"), "140");
  EXPECT_EQ(second.get("Up-Time"),
            "0 years, 0 days, 0 hours, 0 minutes, 40 seconds, 0 milliseconds, 0 microseconds");
}

}  // namespace
}  // namespace app
