#include "media/tone_source.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "media/testing/goertzel.h"

namespace media {
namespace {

using testing::loudness;
using testing::tone_share;

ToneSource source(const char* text, Ending ending = Ending::Stops) {
  return ToneSource(*parse_tone_script(text), ending);
}

// All that a source gives, up to `most` samples, read in pieces of an awkward size.
std::vector<std::int16_t> samples_of(ToneSource made, std::size_t most = 100'000) {
  std::vector<std::int16_t> all;
  std::array<std::int16_t, 37> piece{};
  while (all.size() < most) {
    const std::size_t got = made.read(piece);
    all.insert(all.end(), piece.begin(), piece.begin() + static_cast<std::ptrdiff_t>(got));
    if (got < piece.size()) return all;
  }
  all.resize(most);
  return all;
}

TEST(ToneSource, EndsToTheSample) {
  EXPECT_EQ(samples_of(source("%(1000,0,1200)")).size(), 8000u);
  EXPECT_EQ(samples_of(source("%(400,200,700);loops=3")).size(), 3u * 4800);
  EXPECT_EQ(samples_of(source("L=2;l=2;%(10,5,700);%(20,0,800)")).size(), 2u * 2 * (120 + 160));
  EXPECT_EQ(samples_of(source("%(0,0,700);%(20,0,800)")).size(), 160u);
}

TEST(ToneSource, NeverEndsWhenItLoops) {
  EXPECT_EQ(samples_of(source("%(10,0,700);loops=-1"), 50'000).size(), 50'000u);
  EXPECT_EQ(samples_of(source("%(10,0,700)", Ending::StartsOver), 50'000).size(), 50'000u);
}

TEST(ToneSource, MakesItsFrequenciesAndNoOther) {
  const auto one = samples_of(source("%(1000,0,450)"));
  EXPECT_GT(tone_share(one, 450), 0.99);
  EXPECT_LT(tone_share(one, 500), 0.01);

  const auto two = samples_of(source("%(1000,0,440,480)"));
  EXPECT_NEAR(tone_share(two, 440), 0.5, 0.02);
  EXPECT_NEAR(tone_share(two, 480), 0.5, 0.02);
}

TEST(ToneSource, LevelIsInDecibel) {
  // A sine at the limit of µ-law (peak 32124) is 3.17 dBm0: 10.17 dB above the default of -7.
  const double full = 32124 / std::sqrt(2.0);
  const double by_default = loudness(samples_of(source("%(1000,0,450)")));
  const double quiet = loudness(samples_of(source("v=-27;%(1000,0,450)")));
  EXPECT_NEAR(20 * std::log10(by_default / full), -10.17, 0.05);
  EXPECT_NEAR(20 * std::log10(quiet / full), -30.17, 0.05);
}

TEST(ToneSource, ManyLoudTonesStayWithinASample) {
  const auto all = samples_of(source("v=0;%(1000,0,400,401,402,403,404,405,406,407)"));
  EXPECT_LE(std::abs(*std::max_element(all.begin(), all.end())), 32000);
}

TEST(ToneSource, RepeatingItselfItDoesNotClick) {
  // 333 Hz does not fit into 100 ms: the phase runs on over the joins all the same.
  const auto all = samples_of(source("%(100,0,333);loops=-1"), 16'000);
  const double peak = *std::max_element(all.begin(), all.end());
  const double steepest = peak * 2 * std::numbers::pi * 333 / 8000;
  for (std::size_t n = 1; n < all.size(); ++n) {
    ASSERT_LE(std::abs(all[n] - all[n - 1]), steepest + 2) << n;
  }
  EXPECT_GT(tone_share(all, 333), 0.99);
}

TEST(ToneSource, PausesAreSilentAndTonesFadeIntoThem) {
  const auto all = samples_of(source("%(100,100,1000)"));

  EXPECT_GT(loudness(std::span(all).subspan(100, 600)), 5000);
  EXPECT_EQ(loudness(std::span(all).subspan(800, 800)), 0);
  EXPECT_LT(std::abs(all[799]), 400);
}

TEST(ToneSource, FrequencyZeroIsSilence) {
  EXPECT_EQ(loudness(samples_of(source("%(100,0,0)"))), 0);
}

}  // namespace
}  // namespace media
