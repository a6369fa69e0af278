#include "media/audio_codec.h"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

#include "media/g711.h"
#include "media/testing/goertzel.h"

namespace media {
namespace {

TEST(AudioCodec, OnlyG711At8kHzIsSpoken) {
  const std::pair<call::Codec, std::optional<AudioCodec>> cases[] = {
      {{0, "PCMU", 8000, ""}, AudioCodec::Pcmu},  {{8, "pcma", 8000, ""}, AudioCodec::Pcma},
      {{96, "PCMU", 8000, ""}, AudioCodec::Pcmu}, {{0, "PCMU", 16000, ""}, std::nullopt},
      {{200, "PCMU", 8000, ""}, std::nullopt},    {{-1, "PCMU", 8000, ""}, std::nullopt},
      {{9, "G722", 8000, ""}, std::nullopt},
  };
  for (const auto& [codec, expected] : cases) {
    EXPECT_EQ(audio_codec(codec), expected) << codec.payload_type << ' ' << codec.name;
  }
}

TEST(AudioCodec, AFrameBecomesOnePayload) {
  Frame frame{};
  frame[0] = 32767;
  std::array<std::uint8_t, kPayloadBytesMax> payload{};

  EXPECT_EQ(make_encoder(AudioCodec::Pcmu)->encode(frame, payload), kFrameSamples);
  EXPECT_EQ(payload[0], 0x80);
  EXPECT_EQ(payload[1], 0xff);
  EXPECT_EQ(make_encoder(AudioCodec::Pcma)->encode(frame, payload), kFrameSamples);
  EXPECT_EQ(payload[0], 0xaa);
  EXPECT_EQ(payload[1], 0xd5);
}

TEST(AudioCodec, AToneIsTheSameToneInTheOtherCodec) {
  std::vector<std::uint8_t> payload;
  for (const std::int16_t sample : testing::sine(450, 800)) payload.push_back(ulaw_of(sample));

  transcode(AudioCodec::Pcmu, AudioCodec::Pcma, payload);
  std::vector<std::int16_t> heard;
  for (const std::uint8_t code : payload) heard.push_back(sample_of_alaw(code));
  EXPECT_GT(testing::tone_share(heard, 450), 0.99);

  transcode(AudioCodec::Pcma, AudioCodec::Pcmu, payload);
  EXPECT_GT(testing::tone_share(testing::decoded_ulaw(payload), 450), 0.99);
}

TEST(AudioCodec, TheSameCodecIsLeftAlone) {
  std::vector<std::uint8_t> payload{0x7f, 0xff, 0x00};

  transcode(AudioCodec::Pcmu, AudioCodec::Pcmu, payload);

  EXPECT_EQ(payload, (std::vector<std::uint8_t>{0x7f, 0xff, 0x00}));
}

}  // namespace
}  // namespace media
