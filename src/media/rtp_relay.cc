#include "media/rtp_relay.h"

namespace media {
namespace {

// Beyond these a difference is not loss or disorder but a new count (compare RFC 3550 A.1): at 50
// packets per second, 10 s of loss and 2 s of disorder.
constexpr int kLostMax = 500;
constexpr int kDisorderMax = 100;
// A key held down keeps its timestamp, and behind it the clock shows all that time at once; so the
// timestamp may run ahead of ours by this much, or back by the shorter one.
constexpr std::int64_t kAheadMax = std::int64_t{60} * kSampleRate;
constexpr std::int64_t kBackMax = std::int64_t{2} * kSampleRate;

int sequence_distance(std::uint16_t from, std::uint16_t to) {
  return static_cast<std::int16_t>(static_cast<std::uint16_t>(to - from));
}

}  // namespace

std::optional<RtpPlace> RtpRelay::place(const RtpHeader& in, RtpCursor& cursor, Tick now,
                                        std::size_t samples) {
  const Tick frames_passed = now - cursor.last_tick();
  if (!flowing_ || !follows(in, frames_passed)) return begin(in, cursor, now, samples);

  Flow& flow = *flowing_;
  const RtpPlace place{.sequence = static_cast<std::uint16_t>(in.sequence + flow.sequence_shift),
                       .timestamp = in.timestamp + flow.timestamp_shift,
                       .after_gap = false};
  if (sequence_distance(flow.newest, in.sequence) > 0) {
    flow.newest = in.sequence;
    flow.newest_timestamp = in.timestamp;
    // So that first never lies half a circle behind.
    if (sequence_distance(flow.first, in.sequence) > kDisorderMax) {
      flow.first = static_cast<std::uint16_t>(in.sequence - kDisorderMax);
    }
    cursor.advance_to(place, now, samples);
    return place;
  }
  if (sequence_distance(flow.first, in.sequence) < 0) return std::nullopt;
  return place;
}

void RtpRelay::leave_out(const RtpHeader& in) {
  if (!flowing_ || flowing_->ssrc != in.ssrc) return;
  if (sequence_distance(flowing_->newest, in.sequence) != 1) return;
  flowing_->newest = in.sequence;
  // What came before the gap would now get the numbers of what comes behind it.
  flowing_->first = static_cast<std::uint16_t>(in.sequence + 1);
  --flowing_->sequence_shift;
}

// Whether the packet belongs to the flow, in order or not.
bool RtpRelay::follows(const RtpHeader& in, Tick frames_passed) const {
  const Flow& flow = *flowing_;
  if (in.ssrc != flow.ssrc) return false;
  const int distance = sequence_distance(flow.newest, in.sequence);
  if (distance > kLostMax || distance < -kDisorderMax) return false;
  if (distance <= 0) return true;

  const std::int64_t ahead = static_cast<std::int32_t>(in.timestamp - flow.newest_timestamp);
  const auto passed = static_cast<std::int64_t>(frames_passed * kFrameSamples);
  return ahead >= -kBackMax && ahead <= passed + kAheadMax;
}

RtpPlace RtpRelay::begin(const RtpHeader& in, RtpCursor& cursor, Tick now, std::size_t samples) {
  const RtpPlace place = cursor.next(now, samples);
  flowing_ = Flow{.ssrc = in.ssrc,
                  .first = in.sequence,
                  .newest = in.sequence,
                  .newest_timestamp = in.timestamp,
                  .sequence_shift = static_cast<std::uint16_t>(place.sequence - in.sequence),
                  .timestamp_shift = place.timestamp - in.timestamp};
  cursor.advance_to(place, now, samples);
  return place;
}

}  // namespace media
