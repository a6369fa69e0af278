#include "media/latch.h"

#include <gtest/gtest.h>

namespace media {
namespace {

using std::chrono::milliseconds;

constexpr TimePoint kStart{std::chrono::hours(1)};

Endpoint at(std::uint16_t port) {
  return *Endpoint::parse("127.0.0.1", port);
}

TEST(Latch, SendsWhereThePeerSaysBeforeItIsHeard) {
  Latch latch;
  latch.signal(at(4000), kStart);

  EXPECT_EQ(latch.destination(), at(4000));
}

TEST(Latch, FirstSourceInTheWindowIsThePeer) {
  Latch latch;
  latch.signal(at(4000), kStart);

  EXPECT_TRUE(latch.accept(at(5000), kStart + milliseconds(1999)));
  EXPECT_EQ(latch.destination(), at(5000));
  EXPECT_TRUE(latch.accept(at(5000), kStart + std::chrono::hours(3)));
}

TEST(Latch, StrangersAreRefusedOnceThePeerWasHeard) {
  Latch latch;
  latch.signal(at(4000), kStart);
  ASSERT_TRUE(latch.accept(at(4000), kStart));

  EXPECT_FALSE(latch.accept(at(5000), kStart + milliseconds(10)));
  EXPECT_FALSE(latch.accept(at(5000), kStart + std::chrono::hours(1)));
  EXPECT_EQ(latch.destination(), at(4000));
}

TEST(Latch, BehindTheWindowOnlyTheSignalledAddressIsBelieved) {
  Latch latch;
  latch.signal(at(4000), kStart);

  EXPECT_FALSE(latch.accept(at(5000), kStart + Latch::kWindow));
  EXPECT_TRUE(latch.accept(at(4000), kStart + std::chrono::minutes(5)));
}

TEST(Latch, SignalledAddressWinsOverAnyOtherInTheWindow) {
  Latch latch;
  latch.signal(at(4000), kStart);
  ASSERT_TRUE(latch.accept(at(5000), kStart));

  EXPECT_TRUE(latch.accept(at(4000), kStart + milliseconds(100)));
  EXPECT_EQ(latch.destination(), at(4000));
  EXPECT_FALSE(latch.accept(at(5000), kStart + milliseconds(120)));
}

TEST(Latch, NatHoldsBehindTheWindowAgainstTheSignalledAddressToo) {
  Latch latch;
  latch.signal(at(4000), kStart);
  ASSERT_TRUE(latch.accept(at(5000), kStart));

  EXPECT_FALSE(latch.accept(at(4000), kStart + Latch::kWindow));
  EXPECT_EQ(latch.destination(), at(5000));
}

TEST(Latch, SameAddressAgainOpensNoWindow) {
  Latch latch;
  latch.signal(at(4000), kStart);
  ASSERT_TRUE(latch.accept(at(5000), kStart));

  latch.signal(at(4000), kStart + std::chrono::minutes(1));

  EXPECT_FALSE(latch.accept(at(6000), kStart + std::chrono::minutes(1)));
  EXPECT_EQ(latch.destination(), at(5000));
}

TEST(Latch, NewAddressOpensANewWindow) {
  Latch latch;
  latch.signal(at(4000), kStart);
  ASSERT_TRUE(latch.accept(at(4000), kStart));

  latch.signal(at(7000), kStart + std::chrono::minutes(1));
  EXPECT_EQ(latch.destination(), at(7000));

  EXPECT_TRUE(latch.accept(at(7001), kStart + std::chrono::minutes(1)));
  EXPECT_EQ(latch.destination(), at(7001));
}

}  // namespace
}  // namespace media
