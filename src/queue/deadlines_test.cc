#include "queue/deadlines.h"

#include <gtest/gtest.h>

#include "base/json_archive.h"
#include "base/random.h"

namespace queue {
namespace {

using base::instant_ms;
using Kind = Purpose::Kind;

Purpose rest(std::uint64_t agent) {
  return {.kind = Kind::AgentRested, .first = agent};
}

TEST(Deadlines, EarliestComesFirst) {
  Deadlines deadlines;
  deadlines.arm(rest(1), instant_ms(300));
  deadlines.arm(rest(2), instant_ms(200));

  EXPECT_EQ(deadlines.next(), instant_ms(200));
  EXPECT_EQ(deadlines.take_due(instant_ms(199)), std::nullopt);
  EXPECT_EQ(deadlines.take_due(instant_ms(400)), rest(2));
  EXPECT_EQ(deadlines.take_due(instant_ms(400)), rest(1));
  EXPECT_EQ(deadlines.take_due(instant_ms(400)), std::nullopt);
}

TEST(Deadlines, ArmingAgainSupersedesInBothDirections) {
  Deadlines deadlines;
  deadlines.arm(rest(1), instant_ms(300));
  deadlines.arm(rest(1), instant_ms(100));
  deadlines.arm(rest(2), instant_ms(50));
  deadlines.arm(rest(2), instant_ms(500));

  EXPECT_EQ(deadlines.take_due(instant_ms(400)), rest(1));
  EXPECT_EQ(deadlines.take_due(instant_ms(400)), std::nullopt);
  EXPECT_EQ(deadlines.next(), instant_ms(500));
}

TEST(Deadlines, CancelledOneNeverComes) {
  Deadlines deadlines;
  deadlines.arm(rest(1), instant_ms(300));
  deadlines.cancel(rest(1));
  deadlines.cancel(rest(7));

  EXPECT_EQ(deadlines.next(), std::nullopt);
  EXPECT_EQ(deadlines.take_due(instant_ms(900)), std::nullopt);
}

TEST(Deadlines, OfOneInstantTheOrderIsThatOfThePurposes) {
  Deadlines deadlines;
  deadlines.arm({.kind = Kind::AbandonedExpires, .first = 1}, instant_ms(5));
  deadlines.arm(rest(9), instant_ms(5));
  deadlines.arm(rest(4), instant_ms(5));

  EXPECT_EQ(deadlines.take_due(instant_ms(5)), rest(4));
  EXPECT_EQ(deadlines.take_due(instant_ms(5)), rest(9));
  EXPECT_EQ(deadlines.take_due(instant_ms(5))->kind, Kind::AbandonedExpires);
}

// Moves deadlines about so often that the heap is made anew, and compares with a plain map.
TEST(Deadlines, ManyMovesKeepTheEarliestInFront) {
  Deadlines deadlines;
  std::map<std::uint64_t, base::Instant> plain;
  base::Random random(1);
  for (int i = 0; i < 20'000; ++i) {
    const std::uint64_t agent = random.below(20);
    const auto at = instant_ms(static_cast<std::int64_t>(random.below(1'000'000)));
    deadlines.arm(rest(agent), at);
    plain[agent] = at;
    base::Instant earliest = plain.begin()->second;
    for (const auto& [name, instant] : plain) earliest = std::min(earliest, instant);
    ASSERT_EQ(deadlines.next(), earliest);
  }
}

TEST(Deadlines, RestoredOnesComeInTheSameOrder) {
  Deadlines deadlines;
  deadlines.arm(rest(1), instant_ms(300));
  deadlines.arm(rest(2), instant_ms(200));
  deadlines.arm(rest(2), instant_ms(400));

  auto restored = base::from_json<Deadlines>(base::to_json(deadlines));

  EXPECT_EQ(restored.armed_for(rest(2)), instant_ms(400));
  EXPECT_EQ(restored.take_due(instant_ms(500)), rest(1));
  EXPECT_EQ(restored.take_due(instant_ms(500)), rest(2));
}

}  // namespace
}  // namespace queue
