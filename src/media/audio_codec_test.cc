#include "media/audio_codec.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <utility>
#include <vector>

#include "media/g711.h"
#include "media/testing/goertzel.h"

namespace media {
namespace {

using Encoded = std::vector<std::uint8_t>;
constexpr AudioCodec kAll[] = {AudioCodec::Pcmu, AudioCodec::Pcma, AudioCodec::G722,
                               AudioCodec::Opus};

Encoded encoded(FrameEncoder& encoder, std::span<const std::int16_t> sound) {
  Frame frame;
  std::copy_n(sound.begin(), kFrameSamples, frame.begin());
  std::array<std::uint8_t, kPayloadBytesMax> payload{};
  const std::size_t size = encoder.encode(frame, payload);
  return {payload.begin(), payload.begin() + static_cast<std::ptrdiff_t>(size)};
}

std::vector<std::int16_t> decoded(PayloadDecoder& decoder, const Encoded& payload) {
  std::vector<std::int16_t> samples(1500);
  samples.resize(decoder.decode(payload, samples));
  return samples;
}

TEST(AudioCodec, IsKnownByItsNameAndClock) {
  const std::pair<call::Codec, std::optional<AudioCodec>> cases[] = {
      {{0, "PCMU", 8000, ""}, AudioCodec::Pcmu},    {{8, "pcma", 8000, ""}, AudioCodec::Pcma},
      {{96, "PCMU", 8000, ""}, AudioCodec::Pcmu},   {{0, "PCMU", 16000, ""}, std::nullopt},
      {{200, "PCMU", 8000, ""}, std::nullopt},      {{-1, "PCMU", 8000, ""}, std::nullopt},
      {{9, "G722", 8000, ""}, AudioCodec::G722},    {{9, "G722", 16000, ""}, std::nullopt},
      {{111, "OPUS", 48000, ""}, AudioCodec::Opus}, {{111, "opus", 8000, ""}, std::nullopt},
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

TEST(AudioCodec, WhatIsEncodedIsDecodedInEveryCodec) {
  const auto said = testing::sine(1000, 50 * kFrameSamples);
  for (const AudioCodec codec : kAll) {
    const auto encoder = make_encoder(codec);
    const auto decoder = make_decoder(codec);
    std::vector<std::int16_t> heard;
    for (std::size_t at = 0; at < said.size(); at += kFrameSamples) {
      const Encoded packet = encoded(*encoder, std::span(said).subspan(at));
      EXPECT_EQ(samples_in(codec, packet), kFrameSamples);
      const auto some = decoded(*decoder, packet);
      ASSERT_EQ(some.size(), kFrameSamples);
      heard.insert(heard.end(), some.begin(), some.end());
    }
    const auto settled = std::span(heard).subspan(10 * kFrameSamples);
    EXPECT_GT(testing::tone_share(settled, 1000), 0.97) << static_cast<int>(codec);
    EXPECT_NEAR(testing::loudness(settled), testing::loudness(said), 600);
  }
}

TEST(AudioCodec, OpusTellsWhatWasLostFromThePacketBehindIt) {
  const auto encoder = make_encoder(AudioCodec::Opus);
  const auto decoder = make_decoder(AudioCodec::Opus);
  const auto said = testing::sine(500, 40 * kFrameSamples);
  std::vector<Encoded> packets;
  for (std::size_t at = 0; at < said.size(); at += kFrameSamples) {
    packets.push_back(encoded(*encoder, std::span(said).subspan(at)));
  }
  for (std::size_t n = 0; n < 30; ++n) decoded(*decoder, packets[n]);

  std::vector<std::int16_t> lost(2 * kFrameSamples);
  EXPECT_EQ(decoder->conceal(packets[32], lost), lost.size());
  EXPECT_GT(testing::tone_share(lost, 500), 0.5);
  EXPECT_GT(testing::loudness(lost), 2000);
}

TEST(AudioCodec, BytesOfAnyKindAreHeardOrLeftOut) {
  std::mt19937 random(7);
  for (const AudioCodec codec : kAll) {
    const auto decoder = make_decoder(codec);
    for (std::size_t size = 0; size <= 1500; size += size < 20 ? 1 : 37) {
      Encoded noise(size);
      for (std::uint8_t& byte : noise) byte = static_cast<std::uint8_t>(random());
      EXPECT_LE(samples_in(codec, noise), 1500u);
      EXPECT_LE(decoded(*decoder, noise).size(), 1500u);
      std::vector<std::int16_t> room(kFrameSamples);
      EXPECT_LE(decoder->conceal(noise, room), room.size());
    }
  }
}

TEST(AudioCodec, TheSameCodecIsLeftAlone) {
  std::vector<std::uint8_t> payload{0x7f, 0xff, 0x00};

  transcode(AudioCodec::Pcmu, AudioCodec::Pcmu, payload);

  EXPECT_EQ(payload, (std::vector<std::uint8_t>{0x7f, 0xff, 0x00}));
}

}  // namespace
}  // namespace media
