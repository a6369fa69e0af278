// Nothing to hear, for a time or for ever.
#pragma once

#include <algorithm>
#include <optional>

#include "media/sample_source.h"

namespace media {

class SilenceSource : public SampleSource {
 public:
  // `samples` is nullopt for silence without end.
  explicit SilenceSource(std::optional<std::int64_t> samples) : left_(samples) {}

  std::size_t read(std::span<std::int16_t> out) override {
    const auto wanted = static_cast<std::int64_t>(out.size());
    const std::int64_t made = left_ ? std::min(wanted, *left_) : wanted;
    if (left_) *left_ -= made;
    std::fill_n(out.begin(), made, std::int16_t{0});
    return static_cast<std::size_t>(made);
  }

 private:
  std::optional<std::int64_t> left_;
};

}  // namespace media
