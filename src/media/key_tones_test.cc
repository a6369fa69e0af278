// Keys as tones, and what is not to be taken for them.
#include "media/key_tones.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <random>
#include <string_view>
#include <vector>

#include "media/audio_codec.h"
#include "media/g711.h"
#include "media/testing/goertzel.h"

namespace media {
namespace {

constexpr std::string_view kKeys = "123A456B789C*0#D";
constexpr double kRows[] = {697, 770, 852, 941};
constexpr double kColumns[] = {1209, 1336, 1477, 1633};

using Sound = std::vector<std::int16_t>;

Sound tones_of(char key, int milliseconds) {
  const std::size_t at = kKeys.find(key);
  const auto samples = static_cast<std::size_t>(milliseconds * kSamplesPerMs);
  Sound sound = testing::sine(kRows[at / 4], samples, kSampleRate, 6000);
  const Sound high = testing::sine(kColumns[at % 4], samples, kSampleRate, 6000);
  for (std::size_t n = 0; n < samples; ++n) {
    sound[n] = static_cast<std::int16_t>(sound[n] + high[n]);
  }
  return sound;
}

void append(Sound& sound, const Sound& more) {
  sound.insert(sound.end(), more.begin(), more.end());
}

Sound pressed(std::string_view keys, int held_ms = 80, int pause_ms = 80) {
  Sound sound(kSampleRate / 10);
  for (const char key : keys) {
    append(sound, tones_of(key, held_ms));
    append(sound, Sound(static_cast<std::size_t>(pause_ms * kSamplesPerMs)));
  }
  append(sound, Sound(kSampleRate / 2));
  return sound;
}

// What is recognised of a sound that comes in packets of µ-law, one of `lost_of` of which never
// comes; 0: all come.
std::string recognised(const Sound& sound, unsigned lost_of = 0) {
  KeyTones keys(0);
  std::string found;
  Tick tick = 0;
  for (std::size_t at = 0; at + kFrameSamples <= sound.size(); at += kFrameSamples, ++tick) {
    std::vector<std::uint8_t> payload;
    for (std::size_t n = 0; n < kFrameSamples; ++n) payload.push_back(ulaw_of(sound[at + n]));
    const RtpHeader header{.sequence = static_cast<std::uint16_t>(tick),
                           .timestamp = static_cast<std::uint32_t>(at),
                           .ssrc = 7};
    if (lost_of == 0 || tick % lost_of != 0) keys.take({header, AudioCodec::Pcmu, payload}, tick);
    found += keys.advance(tick + 1);
  }
  return found;
}

TEST(KeyTones, EveryKeyIsRecognisedOnce) {
  EXPECT_EQ(recognised(pressed(kKeys)), kKeys);
}

TEST(KeyTones, AShortPressCounts) {
  EXPECT_EQ(recognised(pressed(kKeys, 50, 50)), kKeys);
}

TEST(KeyTones, TheSameKeyTwiceIsTwoKeys) {
  EXPECT_EQ(recognised(pressed("11#")), "11#");
}

TEST(KeyTones, AKeyThatIsHeldLongIsOneKey) {
  EXPECT_EQ(recognised(pressed("5", 3000)), "5");
}

TEST(KeyTones, LostPacketsMakeNoOtherKeys) {
  EXPECT_EQ(recognised(pressed("1234", 200, 200), 17), "1234");
}

TEST(KeyTones, SilenceSingleTonesAndNoiseAreNoKeys) {
  Sound sound(kSampleRate);
  for (const double tone : {350.0, 425.0, 440.0, 697.0, 1000.0, 1209.0, 1633.0, 2000.0}) {
    append(sound, testing::sine(tone, kSampleRate));
  }
  std::mt19937 random(11);
  for (int n = 0; n < 20 * kSampleRate; ++n) {
    sound.push_back(static_cast<std::int16_t>(static_cast<int>(random() % 20'000) - 10'000));
  }
  EXPECT_EQ(recognised(sound), "");
}

// A voice: a pitch that glides, and harmonics as loud as the three formants of a vowel make them.
TEST(KeyTones, SpeechIsNoKey) {
  std::mt19937 random(5);
  const auto between = [&](int least, int most) {
    return static_cast<double>(least +
                               static_cast<int>(random() % static_cast<unsigned>(most - least)));
  };
  Sound sound;
  double phase = 0;
  for (int syllable = 0; syllable < 300; ++syllable) {
    const double pitch = between(90, 250);
    const double formants[] = {between(300, 800), between(900, 2300), between(2400, 3000)};
    const auto length = static_cast<int>(between(800, 2400));
    for (int n = 0; n < length; ++n) {
      const double glide = pitch * (1 + 0.2 * n / length);
      phase += 2 * std::numbers::pi * glide / kSampleRate;
      double value = 0;
      for (int harmonic = 1; harmonic * glide < 3400; ++harmonic) {
        double loudness = 0;
        for (const double formant : formants) {
          const double distance = (harmonic * glide - formant) / 150;
          loudness += 300 / formant / (1 + distance * distance);
        }
        value += loudness * std::sin(harmonic * phase);
      }
      const double swell = std::sin(std::numbers::pi * n / length);
      sound.push_back(static_cast<std::int16_t>(4000 * swell * value));
    }
  }
  EXPECT_EQ(recognised(sound), "");
}

// Chords of three notes, two octaves up and down.
TEST(KeyTones, MusicIsNoKey) {
  Sound sound;
  std::mt19937 random(9);
  for (int chord = 0; chord < 200; ++chord) {
    Sound all(kSampleRate / 4);
    const int root = static_cast<int>(random() % 36);
    for (const int step : {0, 4, 7}) {
      const double note = 110 * std::pow(2.0, (root + step) / 12.0);
      const Sound one = testing::sine(note, all.size(), kSampleRate, 4000);
      for (std::size_t n = 0; n < all.size(); ++n) {
        all[n] = static_cast<std::int16_t>(all[n] + one[n]);
      }
    }
    append(sound, all);
  }
  EXPECT_EQ(recognised(sound), "");
}

}  // namespace
}  // namespace media
