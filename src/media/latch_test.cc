#include "media/latch.h"

#include <gtest/gtest.h>

namespace media {
namespace {

using std::chrono::milliseconds;

constexpr std::uint32_t kPeer = 0xa1;
constexpr std::uint32_t kStranger = 0xb2;
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

  EXPECT_TRUE(latch.accept(at(5000), kPeer, kStart + milliseconds(1999)));
  EXPECT_EQ(latch.destination(), at(5000));
  EXPECT_TRUE(latch.accept(at(5000), kPeer, kStart + std::chrono::hours(3)));
}

TEST(Latch, StrangersAreRefusedOnceThePeerWasHeard) {
  Latch latch;
  latch.signal(at(4000), kStart);
  ASSERT_TRUE(latch.accept(at(4000), kPeer, kStart));

  EXPECT_FALSE(latch.accept(at(5000), kStranger, kStart + milliseconds(10)));
  EXPECT_FALSE(latch.accept(at(5000), kPeer, kStart + std::chrono::hours(1)));
  EXPECT_EQ(latch.destination(), at(4000));
}

TEST(Latch, BehindTheWindowOnlyTheSignalledAddressIsBelieved) {
  Latch latch;
  latch.signal(at(4000), kStart);

  EXPECT_FALSE(latch.accept(at(5000), kPeer, kStart + Latch::kWindow));
  EXPECT_TRUE(latch.accept(at(4000), kPeer, kStart + std::chrono::minutes(5)));
}

TEST(Latch, SignalledAddressWinsOverAnyOtherInTheWindow) {
  Latch latch;
  latch.signal(at(4000), kStart);
  ASSERT_TRUE(latch.accept(at(5000), kPeer, kStart));

  EXPECT_TRUE(latch.accept(at(4000), kPeer, kStart + milliseconds(100)));
  EXPECT_EQ(latch.destination(), at(4000));
  EXPECT_FALSE(latch.accept(at(5000), kStranger, kStart + milliseconds(120)));
}

TEST(Latch, NatHoldsBehindTheWindowAgainstTheSignalledAddressToo) {
  Latch latch;
  latch.signal(at(4000), kStart);
  ASSERT_TRUE(latch.accept(at(5000), kPeer, kStart));

  EXPECT_FALSE(latch.accept(at(4000), kPeer, kStart + Latch::kWindow));
  EXPECT_EQ(latch.destination(), at(5000));
}

TEST(Latch, PeerThatMovesInTheWindowIsKnownByItsSsrc) {
  Latch latch;
  latch.signal(at(4000), kStart);
  ASSERT_TRUE(latch.accept(at(5000), kPeer, kStart));

  EXPECT_FALSE(latch.accept(at(6000), kStranger, kStart + milliseconds(50)));
  EXPECT_TRUE(latch.accept(at(6000), kPeer, kStart + milliseconds(60)));
  EXPECT_EQ(latch.destination(), at(6000));
  EXPECT_FALSE(latch.accept(at(7000), kPeer, kStart + Latch::kWindow));
}

TEST(Latch, SameAddressAgainLetsOnlyTheSameSsrcMove) {
  Latch latch;
  latch.signal(at(4000), kStart);
  ASSERT_TRUE(latch.accept(at(5000), kPeer, kStart));
  const TimePoint later = kStart + std::chrono::minutes(1);
  EXPECT_FALSE(latch.accept(at(6000), kPeer, later));

  latch.signal(at(4000), later);

  EXPECT_FALSE(latch.accept(at(6000), kStranger, later));
  EXPECT_EQ(latch.destination(), at(5000));
  EXPECT_TRUE(latch.accept(at(6000), kPeer, later + milliseconds(1)));
  EXPECT_EQ(latch.destination(), at(6000));
}

TEST(Latch, NewAddressOpensANewWindow) {
  Latch latch;
  latch.signal(at(4000), kStart);
  ASSERT_TRUE(latch.accept(at(4000), kPeer, kStart));

  latch.signal(at(7000), kStart + std::chrono::minutes(1));
  EXPECT_EQ(latch.destination(), at(7000));

  EXPECT_TRUE(latch.accept(at(7001), kPeer, kStart + std::chrono::minutes(1)));
  EXPECT_EQ(latch.destination(), at(7001));
}

}  // namespace
}  // namespace media
