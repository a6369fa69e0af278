#include "queue/tier_rules.h"

#include <gtest/gtest.h>

namespace queue {
namespace {

using std::chrono::seconds;

QueueSettings rules(int wait_seconds, bool multiply) {
  QueueSettings settings;
  settings.tier_rules_apply = true;
  settings.tier_rule_wait_seconds = wait_seconds;
  settings.tier_rule_wait_multiply_level = multiply;
  return settings;
}

TEST(LevelWait, MultipliesByTheLevelWhenToldSo) {
  EXPECT_EQ(level_wait(rules(30, true), 1), seconds(30));
  EXPECT_EQ(level_wait(rules(30, true), 3), seconds(90));
  EXPECT_EQ(level_wait(rules(30, false), 3), seconds(30));
}

TEST(LevelWait, LevelsUpToZeroAndQueuesWithoutRulesDoNotWait) {
  EXPECT_EQ(level_wait(rules(30, true), 0), seconds(0));
  EXPECT_EQ(level_wait(rules(30, true), -5), seconds(0));
  EXPECT_EQ(level_wait(QueueSettings{}, 3), seconds(0));
}

TEST(LevelWait, EndlessLevelsDoNotOverflow) {
  EXPECT_GT(level_wait(rules(86'400, true), std::numeric_limits<std::int64_t>::max()),
            std::chrono::hours(24 * 365 * 100));
}

}  // namespace
}  // namespace queue
