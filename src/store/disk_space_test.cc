#include "store/disk_space.h"

#include <gtest/gtest.h>

#include "store/journal_testing.h"

namespace store {
namespace {

TEST(DiskSpace, IsThatOfTheDiskThatHoldsThePath) {
  const TemporaryDirectory directory;

  EXPECT_GT(free_bytes(directory.file("")).value_or(0), 0u);
  EXPECT_FALSE(free_bytes("/nowhere/at/all").has_value());
}

TEST(DiskSpace, ThereIsRoomAgainOnlyWithAQuarterMore) {
  DiskReserve reserve(1000);

  EXPECT_TRUE(reserve.has_room(1000));
  EXPECT_FALSE(reserve.has_room(999));
  EXPECT_FALSE(reserve.has_room(1249));
  EXPECT_TRUE(reserve.has_room(1250));
  EXPECT_TRUE(reserve.has_room(1000));
}

TEST(DiskSpace, WithoutABoundThereIsAlwaysRoom) {
  EXPECT_TRUE(DiskReserve(0).has_room(0));
}

}  // namespace
}  // namespace store
