#include "base/random.h"

#include <gtest/gtest.h>

#include <regex>

namespace base {
namespace {

TEST(Random, SameSeedGivesTheSameSequence) {
  Random a(42);
  Random b(42);

  for (int i = 0; i < 100; ++i) EXPECT_EQ(a.next(), b.next());
}

TEST(Random, AStateThatWasSavedGoesOnWhereItStood) {
  Random a(7);
  a.next();
  Random b(a.state());

  EXPECT_EQ(a.uuid(), b.uuid());
}

TEST(Random, UuidHasVersionAndVariant) {
  Random random(1);
  const std::regex form("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");

  for (int i = 0; i < 50; ++i) EXPECT_TRUE(std::regex_match(random.uuid(), form));
}

}  // namespace
}  // namespace base
