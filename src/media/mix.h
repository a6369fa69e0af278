// Voices together: what is too loud for a sample is as loud as can be.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>

#include "media/frame.h"

namespace media {

inline std::int16_t mixed(std::int16_t a, std::int16_t b) {
  constexpr int kMin = std::numeric_limits<std::int16_t>::min();
  constexpr int kMax = std::numeric_limits<std::int16_t>::max();
  return static_cast<std::int16_t>(std::clamp(a + b, kMin, kMax));
}

inline void mix_into(Frame& all, const Frame& one) {
  for (std::size_t index = 0; index < all.size(); ++index) {
    all[index] = mixed(all[index], one[index]);
  }
}

}  // namespace media
