// For tests: how much of a sound is one tone, by Goertzel's algorithm.
#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>
#include <span>
#include <vector>

#include "media/frame.h"
#include "media/g711.h"

namespace media::testing {

// The share of the sound's whole energy that lies at `frequency`: near 1 for a pure tone, 0 for
// silence. Blocks of 100 ms or a multiple resolve 10 Hz.
inline double tone_share(std::span<const std::int16_t> samples, double frequency) {
  const double coefficient = 2 * std::cos(2 * std::numbers::pi * frequency / kSampleRate);
  double last = 0;
  double before = 0;
  double total = 0;
  for (const std::int16_t sample : samples) {
    const double value = sample + coefficient * last - before;
    before = last;
    last = value;
    total += static_cast<double>(sample) * sample;
  }
  if (total == 0) return 0;
  const double power = last * last + before * before - coefficient * last * before;
  return power * 2 / static_cast<double>(samples.size()) / total;
}

// Root of the mean square.
inline double loudness(std::span<const std::int16_t> samples) {
  double total = 0;
  for (const std::int16_t sample : samples) total += static_cast<double>(sample) * sample;
  return samples.empty() ? 0 : std::sqrt(total / static_cast<double>(samples.size()));
}

inline std::vector<std::int16_t> decoded_ulaw(std::span<const std::uint8_t> codes) {
  std::vector<std::int16_t> samples;
  for (const std::uint8_t code : codes) samples.push_back(sample_of_ulaw(code));
  return samples;
}

// A sine of the given length.
inline std::vector<std::int16_t> sine(double frequency, std::size_t samples, int rate = kSampleRate,
                                      double peak = 8000) {
  std::vector<std::int16_t> made;
  for (std::size_t n = 0; n < samples; ++n) {
    const double phase = 2 * std::numbers::pi * frequency * static_cast<double>(n) / rate;
    made.push_back(static_cast<std::int16_t>(std::lround(peak * std::sin(phase))));
  }
  return made;
}

}  // namespace media::testing
