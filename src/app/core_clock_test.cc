#include "app/core_clock.h"

#include <gtest/gtest.h>

namespace app {
namespace {

using base::instant_ms;

TEST(CoreClock, StartsAtZero) {
  const auto clock = CoreClock::found({.boot_id = "a", .boot_ms = 5000, .unix_ms = 1'000'000});

  EXPECT_EQ(clock.at(5000), instant_ms(0));
  EXPECT_EQ(clock.at(5250), instant_ms(250));
}

TEST(CoreClock, OnTheSameBootAStepOfTheWallClockChangesNothing) {
  const auto first = CoreClock::found({.boot_id = "a", .boot_ms = 5000, .unix_ms = 1'000'000});

  const ClockReading later{.boot_id = "a", .boot_ms = 9000, .unix_ms = 77};
  const auto second = CoreClock::resume(later, first.values(), instant_ms(3000));

  EXPECT_EQ(second.at(9000), instant_ms(4000));
}

TEST(CoreClock, OnAnotherBootTheWallClockCountsTheTimeBetween) {
  const auto first = CoreClock::found({.boot_id = "a", .boot_ms = 5000, .unix_ms = 1'000'000});

  const ClockReading later{.boot_id = "b", .boot_ms = 10, .unix_ms = 1'060'000};
  const auto second = CoreClock::resume(later, first.values(), instant_ms(3000));

  EXPECT_EQ(second.at(10), instant_ms(60'000));
}

TEST(CoreClock, NeverGoesBackwards) {
  const auto first = CoreClock::found({.boot_id = "a", .boot_ms = 5000, .unix_ms = 1'000'000});
  const ClockReading wrong{.boot_id = "b", .boot_ms = 10, .unix_ms = 5};

  const auto clock = CoreClock::resume(wrong, first.values(), instant_ms(3000));

  EXPECT_EQ(clock.at(10), instant_ms(3000));
}

TEST(CoreClock, ReadsTheMachine) {
  const auto reading = read_clock();

  EXPECT_FALSE(reading.boot_id.empty());
  EXPECT_GT(reading.boot_ms, 0);
  EXPECT_LE(reading.boot_ms, read_clock().boot_ms);
}

}  // namespace
}  // namespace app
