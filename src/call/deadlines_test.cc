#include "call/deadlines.h"

#include <gtest/gtest.h>

#include "base/json_archive.h"

namespace call {
namespace {

using base::instant_ms;
using Kind = Purpose::Kind;

TEST(CallDeadlines, ComeDueInOrderOfTime) {
  Deadlines deadlines;
  deadlines.arm({Kind::Sleep, 1}, instant_ms(30));
  deadlines.arm({Kind::LegTimeout, 2}, instant_ms(20));

  EXPECT_EQ(deadlines.next(), instant_ms(20));
  EXPECT_FALSE(deadlines.take_due(instant_ms(19)).has_value());
  EXPECT_EQ(deadlines.take_due(instant_ms(30)), (Purpose{Kind::LegTimeout, 2}));
  EXPECT_EQ(deadlines.take_due(instant_ms(30)), (Purpose{Kind::Sleep, 1}));
  EXPECT_FALSE(deadlines.next().has_value());
}

TEST(CallDeadlines, AtOneInstantByKindThenSubject) {
  Deadlines deadlines;
  deadlines.arm({Kind::OriginateTimeout, 1}, instant_ms(5));
  deadlines.arm({Kind::LegTimeout, 9}, instant_ms(5));
  deadlines.arm({Kind::LegTimeout, 3}, instant_ms(5));

  EXPECT_EQ(deadlines.take_due(instant_ms(5)), (Purpose{Kind::LegTimeout, 3}));
  EXPECT_EQ(deadlines.take_due(instant_ms(5)), (Purpose{Kind::LegTimeout, 9}));
  EXPECT_EQ(deadlines.take_due(instant_ms(5)), (Purpose{Kind::OriginateTimeout, 1}));
}

TEST(CallDeadlines, ArmingAgainMovesIt) {
  Deadlines deadlines;
  deadlines.arm({Kind::Sleep, 1}, instant_ms(10));
  deadlines.arm({Kind::Sleep, 1}, instant_ms(50));

  EXPECT_EQ(deadlines.size(), 1u);
  EXPECT_FALSE(deadlines.take_due(instant_ms(49)).has_value());
}

TEST(CallDeadlines, CancelledOnesNeverFire) {
  Deadlines deadlines;
  deadlines.arm({Kind::Sleep, 1}, instant_ms(10));
  deadlines.cancel({Kind::Sleep, 1});
  deadlines.cancel({Kind::Sleep, 2});

  EXPECT_FALSE(deadlines.take_due(instant_ms(100)).has_value());
}

TEST(CallDeadlines, SurviveSaving) {
  Deadlines deadlines;
  deadlines.arm({Kind::Sleep, 1}, instant_ms(30));
  deadlines.arm({Kind::RegistrationExpires, 2}, instant_ms(20));

  auto restored = base::from_json<Deadlines>(base::to_json(deadlines));

  EXPECT_EQ(restored.take_due(instant_ms(20)), (Purpose{Kind::RegistrationExpires, 2}));
  EXPECT_EQ(restored.next(), instant_ms(30));
}

}  // namespace
}  // namespace call
