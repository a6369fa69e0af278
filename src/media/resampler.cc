#include "media/resampler.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <numeric>

#include "base/check.h"
#include "media/frame.h"

namespace media {
namespace {

// Zero crossings of the sinc to each side: more is steeper and slower.
constexpr double kLobes = 16;
// Where the filter begins to fall, of the half rate.
constexpr double kPassBand = 0.92;
// Between-sample positions that have a filter of their own; rates that need more take the nearest.
constexpr std::uint32_t kPhasesMax = 256;

double sinc(double x) {
  if (std::abs(x) < 1e-9) return 1;
  return std::sin(std::numbers::pi * x) / (std::numbers::pi * x);
}

// Blackman's window over [-1, 1].
double window(double x) {
  if (std::abs(x) >= 1) return 0;
  return 0.42 + 0.5 * std::cos(std::numbers::pi * x) + 0.08 * std::cos(2 * std::numbers::pi * x);
}

}  // namespace

Resampler::Resampler(int rate) : rate_(static_cast<std::uint32_t>(rate)) {
  CHECK(rate >= kRateMin && rate <= kRateMax);
  constexpr std::uint32_t kOut = kSampleRate;
  phases_ = std::min(kOut / std::gcd(rate_, kOut), kPhasesMax);
  // At 8 kHz already, the filter is one tap of 1 and changes nothing.
  const double pass = rate_ == kOut ? 1.0 : kPassBand;
  const double scale = pass * std::min(1.0, static_cast<double>(kOut) / rate_);
  half_ = static_cast<std::size_t>(std::ceil(kLobes / scale));

  filters_.resize(phases_ * 2 * half_);
  for (std::size_t phase = 0; phase < phases_; ++phase) {
    const auto filter = std::span(filters_).subspan(phase * 2 * half_, 2 * half_);
    const double shift = static_cast<double>(phase) / static_cast<double>(phases_);
    double sum = 0;
    for (std::size_t tap = 0; tap < filter.size(); ++tap) {
      const double x = static_cast<double>(tap) - static_cast<double>(half_) + 1 - shift;
      const double value = sinc(x * scale) * window(x / static_cast<double>(half_));
      filter[tap] = static_cast<float>(value);
      sum += value;
    }
    // Every position passes a constant unchanged, else the positions would be heard as a tone.
    for (float& value : filter) value = static_cast<float>(value / sum);
  }
  history_.assign(half_ - 1, 0.0F);
}

void Resampler::push(std::span<const float> in, std::vector<std::int16_t>& out) {
  taken_ += in.size();
  history_.insert(history_.end(), in.begin(), in.end());

  while (true) {
    // The output sample lies `phase` behind input sample `index`; its filter begins half_ - 1
    // before that, which is where the leading zeros put it.
    std::uint64_t index = made_ * rate_ / kSampleRate;
    const std::uint64_t rest = made_ * rate_ % kSampleRate;
    std::size_t phase = (rest * phases_ + kSampleRate / 2) / kSampleRate;
    if (phase == phases_) {
      phase = 0;
      ++index;
    }
    if (index < first_ || index - first_ + 2 * half_ > history_.size()) break;
    out.push_back(sample_at(index - first_, phase));
    ++made_;
  }

  const std::uint64_t next = made_ * rate_ / kSampleRate;
  const std::uint64_t done = std::min<std::uint64_t>(next - first_, history_.size());
  history_.erase(history_.begin(), history_.begin() + static_cast<std::ptrdiff_t>(done));
  first_ += done;
}

void Resampler::finish(std::vector<std::int16_t>& out) {
  // As long as the input was, to the sample; zeros push the last ones out of the filter.
  const std::uint64_t wanted = (taken_ * kSampleRate + rate_ - 1) / rate_;
  const std::size_t before = out.size();
  const std::uint64_t missing = wanted - std::min(made_, wanted);
  const std::vector<float> zeros(2 * half_ + 2, 0.0F);
  push(zeros, out);
  if (out.size() - before > missing) out.resize(before + missing);
}

std::int16_t Resampler::sample_at(std::size_t first, std::size_t phase) const {
  const float* filter = filters_.data() + phase * 2 * half_;
  const float sum = std::inner_product(filter, filter + 2 * half_, history_.data() + first, 0.0F);
  return static_cast<std::int16_t>(std::lround(std::clamp(sum, -1.0F, 1.0F) * 32767));
}

}  // namespace media
