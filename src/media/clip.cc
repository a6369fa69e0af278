#include "media/clip.h"

#include <algorithm>

namespace media {

std::size_t ClipSource::read(std::span<std::int16_t> out) {
  const auto& samples = clip_->samples;
  std::size_t made = 0;
  while (made < out.size() && !samples.empty()) {
    if (position_ == samples.size()) {
      if (ending_ == Ending::Stops) break;
      position_ = 0;
    }
    const std::size_t some = std::min(out.size() - made, samples.size() - position_);
    std::copy_n(samples.begin() + static_cast<std::ptrdiff_t>(position_), some,
                out.begin() + static_cast<std::ptrdiff_t>(made));
    made += some;
    position_ += some;
  }
  return made;
}

}  // namespace media
