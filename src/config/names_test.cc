#include "config/names.h"

#include <gtest/gtest.h>

namespace config {
namespace {

TEST(Names, SuggestsTheClosest) {
  EXPECT_EQ(did_you_mean("max-wait-tme", {"moh-sound", "max-wait-time"}),
            " (did you mean max-wait-time?)");
  EXPECT_EQ(did_you_mean("CallCentre", {"callcenter", "answer"}), " (did you mean callcenter?)");
}

TEST(Names, SuggestsNothingFarAway) {
  EXPECT_EQ(did_you_mean("teleport", {"callcenter", "answer"}), "");
  EXPECT_EQ(did_you_mean("ab", {"xy"}), "");
  EXPECT_EQ(did_you_mean("", {"xy"}), "");
  EXPECT_EQ(did_you_mean(std::string(100'000, 'a'), {"xy"}), "");
}

TEST(Names, ListsWithCommas) {
  EXPECT_EQ(list_of({"a", "b"}), "a, b");
  EXPECT_EQ(list_of({}), "");
}

}  // namespace
}  // namespace config
