#include "media/resampler.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "media/testing/goertzel.h"

namespace media {
namespace {

using testing::loudness;
using testing::sine;
using testing::tone_share;

std::vector<std::int16_t> resampled(const std::vector<std::int16_t>& in, int rate,
                                    std::size_t piece = 1000) {
  Resampler resampler(rate);
  std::vector<float> floats;
  for (const std::int16_t sample : in) floats.push_back(static_cast<float>(sample) / 32767);
  std::vector<std::int16_t> out;
  for (std::size_t at = 0; at < floats.size(); at += piece) {
    resampler.push(std::span(floats).subspan(at, std::min(piece, floats.size() - at)), out);
  }
  resampler.finish(out);
  return out;
}

TEST(Resampler, KeepsToneLengthAndLevelFromEveryRate) {
  for (const int rate : {8000, 11025, 16000, 22050, 32000, 44100, 48000, 96000, 1000 * 7, 44101}) {
    SCOPED_TRACE(rate);
    const auto seconds = static_cast<std::size_t>(rate);
    const auto out = resampled(sine(450, seconds, rate), rate);

    EXPECT_EQ(out.size(), 8000u);
    EXPECT_GT(tone_share(out, 450), 0.98);
    EXPECT_NEAR(loudness(std::span(out).subspan(400, 7200)), 8000 / std::sqrt(2.0), 120);
  }
}

TEST(Resampler, LeavesSamplesOf8kHzAsTheyAre) {
  const auto in = sine(1234, 777);

  EXPECT_EQ(resampled(in, 8000), in);
}

TEST(Resampler, WhatDoesNotFitIsGoneAndNoWrongTone) {
  // 5 kHz would come back as 3 kHz.
  const auto out = resampled(sine(5000, 48000, 48000), 48000);

  EXPECT_LT(loudness(std::span(out).subspan(200, 7600)), 8);
}

TEST(Resampler, PiecesDoNotMatter) {
  const auto in = sine(700, 4410, 44100);

  const auto whole = resampled(in, 44100, in.size());

  EXPECT_EQ(resampled(in, 44100, 1), whole);
  EXPECT_EQ(resampled(in, 44100, 333), whole);
}

TEST(Resampler, NothingGivesNothing) {
  EXPECT_TRUE(resampled({}, 44100).empty());
}

TEST(Resampler, LoudestSamplesDoNotWrap) {
  const std::vector<std::int16_t> square(4800, 32767);
  const auto out = resampled(square, 48000);

  EXPECT_GE(*std::min_element(out.begin() + 40, out.end() - 40), 32700);
}

}  // namespace
}  // namespace media
