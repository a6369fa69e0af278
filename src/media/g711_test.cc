#include "media/g711.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

namespace media {
namespace {

TEST(G711, UlawCodesOfKnownSamples) {
  // G.711 table 2: the ends of the scale, and silence.
  EXPECT_EQ(ulaw_of(0), 0xff);
  EXPECT_EQ(ulaw_of(32767), 0x80);
  EXPECT_EQ(ulaw_of(-32768), 0x00);
  EXPECT_EQ(sample_of_ulaw(0xff), 0);
  EXPECT_EQ(sample_of_ulaw(0x80), 32124);
  EXPECT_EQ(sample_of_ulaw(0x00), -32124);
}

TEST(G711, AlawCodesOfKnownSamples) {
  EXPECT_EQ(alaw_of(0), 0xd5);
  EXPECT_EQ(alaw_of(-1), 0x55);
  EXPECT_EQ(alaw_of(32767), 0xaa);
  EXPECT_EQ(alaw_of(-32768), 0x2a);
  EXPECT_EQ(sample_of_alaw(0xd5), 8);
  EXPECT_EQ(sample_of_alaw(0xaa), 32256);
  EXPECT_EQ(sample_of_alaw(0x2a), -32256);
}

TEST(G711, EveryCodeSurvivesDecodingAndEncoding) {
  for (int code = 0; code < 256; ++code) {
    const auto byte = static_cast<std::uint8_t>(code);
    // µ-law has two codes for zero.
    const auto expected = byte == 0x7f ? std::uint8_t{0xff} : byte;
    EXPECT_EQ(ulaw_of(sample_of_ulaw(byte)), expected) << code;
    EXPECT_EQ(alaw_of(sample_of_alaw(byte)), byte) << code;
  }
}

TEST(G711, NoSampleIsFurtherOffThanItsStep) {
  for (int sample = -32768; sample <= 32767; ++sample) {
    const auto value = static_cast<std::int16_t>(sample);
    const int clipped = std::clamp(sample, -32635, 32635);
    // Steps grow with the magnitude: one sixteenth of it, and at least the smallest step.
    EXPECT_LE(std::abs(sample_of_ulaw(ulaw_of(value)) - clipped), std::abs(clipped) / 31 + 8);
    EXPECT_LE(std::abs(sample_of_alaw(alaw_of(value)) - clipped), std::abs(clipped) / 31 + 16);
  }
}

}  // namespace
}  // namespace media
