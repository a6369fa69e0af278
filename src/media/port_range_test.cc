#include "media/port_range.h"

#include <gtest/gtest.h>

#include <vector>

namespace media {
namespace {

std::vector<int> walk(PortRange range, int count) {
  std::vector<int> ports;
  while (count-- > 0) ports.push_back(range.next());
  return ports;
}

TEST(PortRange, GivesEvenPortsInTurn) {
  struct Case {
    std::uint16_t first;
    std::uint16_t last;
    std::size_t size;
    std::vector<int> walked;
  };
  const Case cases[] = {
      {16384, 16388, 3, {16384, 16386, 16388, 16384, 16386}},
      {16383, 16389, 3, {16384, 16386, 16388, 16384, 16386}},
      {40000, 40000, 1, {40000, 40000, 40000, 40000, 40000}},
      {65532, 65535, 2, {65532, 65534, 65532, 65534, 65532}},
      {0, 4, 2, {2, 4, 2, 4, 2}},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.first);
    const auto range = PortRange::make(one.first, one.last);
    ASSERT_TRUE(range);
    EXPECT_EQ(range->size(), one.size);
    EXPECT_EQ(walk(*range, 5), one.walked);
  }
}

TEST(PortRange, WithoutAnEvenPortIsRefused) {
  EXPECT_FALSE(PortRange::make(5000, 4000));
  EXPECT_FALSE(PortRange::make(5001, 5001));
  EXPECT_FALSE(PortRange::make(0, 0));
  EXPECT_FALSE(PortRange::make(65535, 65535));
  EXPECT_EQ(PortRange::make(5001, 5001).error(), "RTP ports 5001-5001 hold no even port");
}

}  // namespace
}  // namespace media
