#include "media/rtp_cursor.h"

#include <algorithm>

namespace media {
namespace {

// A clock that was stepped or a file of last week must not turn into a jump: what is silent for
// longer than a day begins where it stopped.
constexpr std::chrono::hours kSilenceMax{24};

std::uint32_t samples_of(std::uint64_t frames) {
  return static_cast<std::uint32_t>(frames * kFrameSamples);
}

}  // namespace

RtpCursor::RtpCursor(std::uint64_t random, Tick now)
    : ssrc_(static_cast<std::uint32_t>(random)),
      sequence_(static_cast<std::uint16_t>(random >> 48)),
      timestamp_(static_cast<std::uint32_t>(random >> 16)),
      last_tick_(now) {}

RtpCursor::RtpCursor(const Last& last, Tick now)
    : ssrc_(last.ssrc), sequence_(last.sequence), timestamp_(last.timestamp), last_tick_(now) {
  if (last.silent_for > std::chrono::milliseconds::zero() && last.silent_for < kSilenceMax) {
    timestamp_ += samples_of(static_cast<std::uint64_t>(last.silent_for / kFrameLength));
  }
}

RtpPlace RtpCursor::next(Tick now) const {
  const std::uint64_t frames = std::max<std::uint64_t>(now - last_tick_, 1);
  return {.sequence = static_cast<std::uint16_t>(sequence_ + 1),
          .timestamp = timestamp_ + samples_of(frames),
          .after_gap = resting_ || frames > 1};
}

void RtpCursor::advance_to(const RtpPlace& place, Tick now) {
  sequence_ = place.sequence;
  timestamp_ = place.timestamp;
  last_tick_ = now;
  resting_ = false;
}

}  // namespace media
