// Turns samples of any rate into samples of 8 kHz, piece by piece.
//
// A windowed sinc, kept as a table of filters, one per position of an output sample between two
// input samples. The cut-off lies below the lower of both half rates, so what 8 kHz cannot hold
// does not come back as a wrong tone. Good for speech and hold music; not for measuring.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace media {

class Resampler {
 public:
  static constexpr int kRateMin = 1000;
  static constexpr int kRateMax = 384'000;

  // Requires: kRateMin <= rate <= kRateMax.
  explicit Resampler(int rate);

  // Takes input in [-1, 1] and appends what of the output it decides.
  void push(std::span<const float> in, std::vector<std::int16_t>& out);
  // Appends the rest: nothing follows.
  void finish(std::vector<std::int16_t>& out);

 private:
  std::int16_t sample_at(std::size_t first, std::size_t phase) const;

  std::uint32_t rate_;
  std::size_t phases_;
  std::size_t half_;            // Input samples to each side of an output sample.
  std::vector<float> filters_;  // phases_ times 2 * half_.
  std::vector<float> history_;  // Input from first_ on.
  std::uint64_t first_ = 0;     // Index of history_[0]; input is counted from `half_` zeros on.
  std::uint64_t made_ = 0;      // Output samples so far.
  std::uint64_t taken_ = 0;     // Real input samples so far.
};

}  // namespace media
