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
      behind_(timestamp_ + kFrameSamples),
      position_(now * kFrameSamples),
      last_tick_(now) {}

RtpCursor::RtpCursor(const Last& last, Tick now)
    : ssrc_(last.ssrc),
      sequence_(last.sequence),
      timestamp_(last.timestamp),
      behind_(timestamp_ + kFrameSamples),
      position_(now * kFrameSamples),
      last_tick_(now) {
  if (last.silent_for > std::chrono::milliseconds::zero() && last.silent_for < kSilenceMax) {
    behind_ += samples_of(static_cast<std::uint64_t>(last.silent_for / kFrameLength));
  }
}

RtpPlace RtpCursor::next(Tick now, std::size_t samples) const {
  const std::uint64_t end = now * kFrameSamples;
  const std::uint64_t begin = end - std::min<std::uint64_t>(end, samples);
  const std::uint64_t silent = begin - std::min(begin, position_);
  return next_at(behind_ + static_cast<std::uint32_t>(silent));
}

RtpPlace RtpCursor::next_at(std::uint32_t timestamp) const {
  return {.sequence = static_cast<std::uint16_t>(sequence_ + 1),
          .timestamp = timestamp,
          .after_gap = resting_ || timestamp != behind_};
}

void RtpCursor::advance_to(const RtpPlace& place, Tick now, std::size_t samples) {
  sequence_ = place.sequence;
  timestamp_ = place.timestamp;
  behind_ = place.timestamp + static_cast<std::uint32_t>(samples);
  position_ = now * kFrameSamples;
  last_tick_ = now;
  resting_ = false;
}

void RtpCursor::advance_by(const RtpPlace& place, Tick now, std::size_t samples) {
  const std::uint64_t position = position_ + (place.timestamp - behind_) + samples;
  advance_to(place, now, samples);
  position_ = position;
}

}  // namespace media
