#include "media/tone_source.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "media/frame.h"

namespace media {
namespace {

// A sine at the limit of µ-law has +3.17 dBm0 (G.711 table 5 note): level 0 dBm0 is below it.
constexpr double kFullScalePeak = 32124;
constexpr double kFullScaleDbm0 = 3.17;
// Several frequencies share what a sample can hold.
constexpr double kSumMax = 32000;
// The rise and the fall next to a pause: 5 ms.
constexpr std::int64_t kFadeSamples = 40;
constexpr double kCircle = 4294967296.0;

double peak_of(double level_dbm0) {
  return kFullScalePeak * std::pow(10.0, (level_dbm0 - kFullScaleDbm0) / 20);
}

}  // namespace

ToneSource::ToneSource(ToneScript script, Ending ending)
    : rounds_(ending == Ending::StartsOver ? ToneScript::kForEver : script.rounds) {
  for (const Tone& tone : script.tones) parts_.push_back(part_of(tone));
  // A part of no length would never be left.
  std::erase_if(parts_, [](const Part& p) { return p.on_samples + p.off_samples == 0; });
  if (parts_.empty()) rounds_ = 0;
}

ToneSource::Part ToneSource::part_of(const Tone& tone) {
  const double share =
      kSumMax / static_cast<double>(std::max<std::size_t>(tone.frequencies.size(), 1));
  Part part{tone.on_samples, tone.off_samples, tone.times, {}};
  for (const double frequency : tone.frequencies) {
    const double step = std::llround(frequency / kSampleRate * kCircle);
    part.voices.push_back({.step = static_cast<std::uint32_t>(step),
                           .peak = std::min(peak_of(tone.level_dbm0), share)});
  }
  return part;
}

std::size_t ToneSource::read(std::span<std::int16_t> out) {
  std::size_t made = 0;
  while (made < out.size() && !ended()) {
    out[made++] = sample(parts_[part_]);
    move_on();
  }
  return made;
}

std::int16_t ToneSource::sample(const Part& part) const {
  if (position_ >= part.on_samples) return 0;
  double sum = 0;
  for (const Voice& voice : part.voices) {
    const double phase = static_cast<double>(clock_ * voice.step) / kCircle;
    sum += voice.peak * std::sin(2 * std::numbers::pi * phase);
  }
  if (part.off_samples > 0) {
    const std::int64_t edge = std::min(position_ + 1, part.on_samples - position_);
    sum *= static_cast<double>(std::min(edge, kFadeSamples)) / kFadeSamples;
  }
  return static_cast<std::int16_t>(std::lround(sum));
}

void ToneSource::move_on() {
  ++clock_;
  const Part& part = parts_[part_];
  if (++position_ < part.on_samples + part.off_samples) return;
  position_ = 0;
  if (++time_ < part.times) return;
  time_ = 0;
  if (++part_ < parts_.size()) return;
  part_ = 0;
  // An endless script counts no rounds, so that it never meets the end.
  if (rounds_ != ToneScript::kForEver) ++round_;
}

}  // namespace media
