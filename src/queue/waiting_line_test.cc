#include "queue/waiting_line.h"

#include <gtest/gtest.h>

namespace queue {
namespace {

Place at(std::int64_t ms, std::uint64_t member) {
  return {.virtual_arrival = base::instant_ms(ms), .member = base::MemberId{member}};
}

TEST(WaitingLine, EarlierVirtualArrivalIsServedFirst) {
  WaitingLine line;
  line.add(at(500, 1));
  line.add(at(-100, 2));

  EXPECT_EQ(line.places().begin()->member, base::MemberId{2});
}

TEST(WaitingLine, EqualArrivalsAreServedAsTheyJoined) {
  WaitingLine line;
  line.add(at(500, 9));
  line.add(at(500, 3));

  EXPECT_EQ(line.places().begin()->member, base::MemberId{3});
}

TEST(WaitingLine, WhoIsRemovedIsGone) {
  WaitingLine line;
  line.add(at(500, 1));

  EXPECT_TRUE(line.remove(base::MemberId{1}));
  EXPECT_FALSE(line.remove(base::MemberId{1}));
  EXPECT_FALSE(line.contains(base::MemberId{1}));
  EXPECT_TRUE(line.places().empty());
}

TEST(WaitingLineDeathTest, NobodyStandsInItTwice) {
  WaitingLine line;
  line.add(at(500, 1));

  EXPECT_DEATH(line.add(at(600, 1)), "contains");
}

}  // namespace
}  // namespace queue
