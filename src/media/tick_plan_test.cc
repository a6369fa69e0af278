#include "media/tick_plan.h"

#include <gtest/gtest.h>

namespace media {
namespace {

TEST(TickPlan, CatchesUpAFewFramesAndSkipsTheOldest) {
  EXPECT_EQ(plan_ticks(1), (TickPlan{.skipped = 0, .played = 1}));
  EXPECT_EQ(plan_ticks(2), (TickPlan{.skipped = 0, .played = 2}));
  EXPECT_EQ(plan_ticks(3), (TickPlan{.skipped = 0, .played = 3}));
  EXPECT_EQ(plan_ticks(4), (TickPlan{.skipped = 1, .played = 3}));
  EXPECT_EQ(plan_ticks(5000), (TickPlan{.skipped = 4997, .played = 3}));
}

}  // namespace
}  // namespace media
