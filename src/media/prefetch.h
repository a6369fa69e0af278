// Samples on their way from the loader's thread, which may wait for a disk, to the worker's, which
// may not: a ring between one writer and one reader, a few seconds long.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "media/frame.h"
#include "media/sample_source.h"

namespace media {

class Prefetch {
 public:
  // How long a disk may take before silence is heard.
  static constexpr std::size_t kSamples = std::size_t{2} * kSampleRate;

  // ---- the loader's thread

  std::size_t room() const;
  // Requires: not more than room(), and no finish() before.
  void write(std::span<const std::int16_t> samples);
  // Nothing follows.
  void finish() { finished_.store(true, std::memory_order_release); }
  // Samples of silence that were heard because the next ones were not there in time.
  std::uint64_t late() const { return late_.load(std::memory_order_relaxed); }

  // ---- the worker's thread

  // Returns: fewer samples than `out` holds only when nothing follows. What the loader is late with
  // is silence.
  std::size_t read(std::span<std::int16_t> out);

 private:
  std::vector<std::int16_t> ring_ = std::vector<std::int16_t>(kSamples);
  // All that was ever written and read: each is changed by one side only.
  std::atomic<std::uint64_t> written_{0};
  std::atomic<std::uint64_t> read_{0};
  std::atomic<bool> finished_{false};
  std::atomic<std::uint64_t> late_{0};
};

// What the worker plays of it. The loader owns the ring too, and lets go of it when this is gone.
class PrefetchedSource : public SampleSource {
 public:
  explicit PrefetchedSource(std::shared_ptr<Prefetch> prefetch) : prefetch_(std::move(prefetch)) {}

  std::size_t read(std::span<std::int16_t> out) override { return prefetch_->read(out); }

 private:
  std::shared_ptr<Prefetch> prefetch_;
};

}  // namespace media
