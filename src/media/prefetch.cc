#include "media/prefetch.h"

#include <algorithm>

#include "base/check.h"

namespace media {

std::size_t Prefetch::room() const {
  const std::uint64_t waiting =
      written_.load(std::memory_order_relaxed) - read_.load(std::memory_order_acquire);
  return kSamples - static_cast<std::size_t>(waiting);
}

void Prefetch::write(std::span<const std::int16_t> samples) {
  CHECK(samples.size() <= room());
  const std::uint64_t written = written_.load(std::memory_order_relaxed);
  for (std::size_t index = 0; index < samples.size(); ++index) {
    ring_[(written + index) % kSamples] = samples[index];
  }
  written_.store(written + samples.size(), std::memory_order_release);
}

std::size_t Prefetch::read(std::span<std::int16_t> out) {
  // The end first: what was written before it is then seen.
  const bool finished = finished_.load(std::memory_order_acquire);
  const std::uint64_t begin = read_.load(std::memory_order_relaxed);
  const auto waiting = static_cast<std::size_t>(written_.load(std::memory_order_acquire) - begin);
  const std::size_t some = std::min(out.size(), waiting);
  for (std::size_t index = 0; index < some; ++index) {
    out[index] = ring_[(begin + index) % kSamples];
  }
  read_.store(begin + some, std::memory_order_release);
  if (finished) return some;
  late_.fetch_add(out.size() - some, std::memory_order_relaxed);
  std::fill(out.begin() + static_cast<std::ptrdiff_t>(some), out.end(), std::int16_t{0});
  return out.size();
}

}  // namespace media
