#include "media/packetiser.h"

#include <gtest/gtest.h>

#include <vector>

namespace media {
namespace {

struct Made {
  std::uint32_t timestamp;
  std::vector<std::uint8_t> payload;
  bool operator==(const Made&) const = default;
};

// Sound whose samples can be told apart.
std::vector<std::uint8_t> sound(std::uint8_t first, std::size_t samples) {
  std::vector<std::uint8_t> made;
  for (std::size_t n = 0; n < samples; ++n) made.push_back(static_cast<std::uint8_t>(first + n));
  return made;
}

class Cut {
 public:
  explicit Cut(std::size_t samples) : packetiser_(samples) {}

  std::vector<Made> take(std::uint32_t timestamp, const std::vector<std::uint8_t>& samples) {
    std::vector<Made> made;
    packetiser_.take(timestamp, samples, [&](std::uint32_t at, std::span<const std::uint8_t> some) {
      made.push_back({at, {some.begin(), some.end()}});
    });
    return made;
  }

 private:
  Packetiser packetiser_;
};

TEST(Packetiser, LongSoundBecomesSeveralPackets) {
  Cut cut(80);

  EXPECT_EQ(cut.take(1000, sound(0, 160)),
            (std::vector<Made>{{1000, sound(0, 80)}, {1080, sound(80, 80)}}));
}

TEST(Packetiser, ShortSoundWaitsForTheRest) {
  Cut cut(240);

  EXPECT_TRUE(cut.take(1000, sound(0, 160)).empty());
  EXPECT_EQ(cut.take(1160, sound(160, 160)), (std::vector<Made>{{1000, sound(0, 240)}}));
  EXPECT_EQ(cut.take(1320, sound(64, 160)), (std::vector<Made>{{1240, sound(240, 240)}}));
}

TEST(Packetiser, SoundThatDoesNotFollowGoesIntoAPacketOfItsOwn) {
  Cut cut(240);
  cut.take(1000, sound(0, 160));

  EXPECT_EQ(cut.take(5000, sound(1, 240)),
            (std::vector<Made>{{1000, sound(0, 160)}, {5000, sound(1, 240)}}));
}

TEST(Packetiser, TimestampsWrap) {
  Cut cut(320);
  cut.take(0xffffffb0, sound(0, 160));

  EXPECT_EQ(cut.take(0x50, sound(160, 160)), (std::vector<Made>{{0xffffffb0, sound(0, 320)}}));
}

}  // namespace
}  // namespace media
