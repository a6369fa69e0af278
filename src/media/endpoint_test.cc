#include "media/endpoint.h"

#include <gtest/gtest.h>

namespace media {
namespace {

TEST(Endpoint, TakesLiteralsOnly) {
  EXPECT_EQ(Endpoint::parse("127.0.0.1", 4000)->text(), "127.0.0.1:4000");
  EXPECT_EQ(Endpoint::parse("::1", 4000)->text(), "[::1]:4000");
  EXPECT_FALSE(Endpoint::parse("localhost", 4000));
  EXPECT_FALSE(Endpoint::parse("127.0.0.1 ", 4000));
  EXPECT_FALSE(Endpoint::parse("", 4000));
}

TEST(Endpoint, IsEqualWhenFamilyAddressAndPortAre) {
  const auto one = *Endpoint::parse("127.0.0.1", 4000);
  EXPECT_EQ(one, *Endpoint::parse("127.0.0.1", 4000));
  EXPECT_FALSE(one == *Endpoint::parse("127.0.0.1", 4002));
  EXPECT_FALSE(one == *Endpoint::parse("127.0.0.2", 4000));
  EXPECT_FALSE(one == Endpoint());
  EXPECT_EQ(*Endpoint::parse("::1", 4000), *Endpoint::parse("::1", 4000));
  EXPECT_FALSE(*Endpoint::parse("::1", 4000) == *Endpoint::parse("::2", 4000));
}

TEST(Endpoint, KnowsTheAddressOfNobody) {
  EXPECT_TRUE(Endpoint::parse("0.0.0.0", 1)->is_unspecified());
  EXPECT_TRUE(Endpoint::parse("::", 1)->is_unspecified());
  EXPECT_FALSE(Endpoint::parse("127.0.0.1", 1)->is_unspecified());
  EXPECT_FALSE(Endpoint::parse("::1", 1)->is_unspecified());
}

}  // namespace
}  // namespace media
