#include "media/clip.h"

#include <gtest/gtest.h>

#include "media/silence_source.h"

namespace media {
namespace {

using Samples = std::vector<std::int16_t>;

Samples read(SampleSource& source, std::size_t count) {
  Samples samples(count, 99);
  samples.resize(source.read(samples));
  return samples;
}

TEST(ClipSource, StopsBehindItsLastSample) {
  ClipSource source(std::make_shared<const Clip>(Clip{{1, 2, 3}}), Ending::Stops);

  EXPECT_EQ(read(source, 2), (Samples{1, 2}));
  EXPECT_EQ(read(source, 2), (Samples{3}));
  EXPECT_EQ(read(source, 2), Samples{});
}

TEST(ClipSource, StartsOverWithoutAGap) {
  ClipSource source(std::make_shared<const Clip>(Clip{{1, 2, 3}}), Ending::StartsOver);

  EXPECT_EQ(read(source, 7), (Samples{1, 2, 3, 1, 2, 3, 1}));
  EXPECT_EQ(read(source, 3), (Samples{2, 3, 1}));
}

TEST(ClipSource, WithNothingInItEndsEvenWhenLooping) {
  ClipSource source(std::make_shared<const Clip>(), Ending::StartsOver);

  EXPECT_EQ(read(source, 7), Samples{});
}

TEST(SilenceSource, LastsAsLongAsItIsTold) {
  SilenceSource source(5);

  EXPECT_EQ(read(source, 3), (Samples{0, 0, 0}));
  EXPECT_EQ(read(source, 3), (Samples{0, 0}));
  EXPECT_EQ(read(source, 3), Samples{});
}

TEST(SilenceSource, WithoutEndGoesOn) {
  SilenceSource source(std::nullopt);

  EXPECT_EQ(read(source, 1000), Samples(1000, 0));
  EXPECT_EQ(read(source, 1000), Samples(1000, 0));
}

}  // namespace
}  // namespace media
