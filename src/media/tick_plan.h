// How to catch up when the worker's timer ran on without it. Pure.
//
// The timer is absolute and never drifts: after a stall it says how many frames are due. A few are
// sent at once, which the receivers' buffers take; older ones are skipped, and timestamps show the
// gap.
#pragma once

#include <algorithm>
#include <cstdint>

#include "media/frame.h"

namespace media {

// 60 ms at once: within the jitter buffer of any phone.
inline constexpr Tick kCatchUpMax = 3;

struct TickPlan {
  Tick skipped = 0;
  Tick played = 0;

  bool operator==(const TickPlan&) const = default;
};

inline TickPlan plan_ticks(Tick due) {
  const Tick played = std::min(due, kCatchUpMax);
  return {.skipped = due - played, .played = played};
}

}  // namespace media
