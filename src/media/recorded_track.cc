#include "media/recorded_track.h"

#include <algorithm>
#include <cstdlib>

namespace media {

void RecordedTrack::take(const RtpHeader& packet, std::span<const std::int16_t> sound,
                         Position now) {
  if (const auto at = place(packet, sound.size(), now)) put(sound, *at);
}

void RecordedTrack::put(std::span<const std::int16_t> sound, Position at) {
  for (std::size_t index = 0; index < sound.size(); ++index) {
    const Position position = at + static_cast<Position>(index);
    if (position < out_ || position >= out_ + static_cast<Position>(kRing)) continue;
    sound_[slot(position)] = sound[index];
    is_there_[slot(position)] = true;
  }
}

std::optional<RecordedTrack::Position> RecordedTrack::place(const RtpHeader& packet,
                                                            std::size_t samples, Position now) {
  if (!flow_ || flow_->ssrc != packet.ssrc) return begin(packet, now);
  const auto forward = static_cast<std::int32_t>(packet.timestamp - flow_->timestamp);
  Position at = flow_->at + forward;
  const bool is_newest = static_cast<std::int16_t>(packet.sequence - flow_->sequence) > 0;
  if (is_newest && std::abs(at - now) > kJump) return begin(packet, now);

  // A clock that is fast by a little is slowed down by a few samples at a time.
  if (is_newest) at = std::min(at, now + kAheadMax);
  const bool is_out_of_place = at + static_cast<Position>(samples) <= out_ || at > now + kAheadMax;
  // Some senders' timestamps stand still while nobody speaks.
  if (is_out_of_place && is_newest && packet.marker) return begin(packet, now);
  // Also of one whose clock is slow by a little: the beginning of each packet would be missing.
  if (is_out_of_place || at < out_) {
    if (!late_since_) late_since_ = now;
    if (now - *late_since_ >= kLateMax) return begin(packet, now);
  } else {
    late_since_.reset();
  }
  if (is_newest) flow_ = Flow{packet.ssrc, packet.sequence, packet.timestamp, at};
  return is_out_of_place ? std::nullopt : std::optional(at);
}

RecordedTrack::Position RecordedTrack::begin(const RtpHeader& packet, Position now) {
  late_since_.reset();
  flow_ = Flow{packet.ssrc, packet.sequence, packet.timestamp, std::max(now, out_)};
  return flow_->at;
}

void RecordedTrack::next(Frame& frame) {
  for (std::int16_t& sample : frame) sample = next_sample();
}

std::int16_t RecordedTrack::next_sample() {
  const std::size_t index = slot(out_++);
  if (!is_there_[index]) {
    blended_ = 0;
    const int sample = concealed();
    ++missing_;
    return static_cast<std::int16_t>(sample);
  }
  is_there_[index] = false;
  const int sample = sound_[index];
  if (missing_ > 0 && blended_ < kBlend) {
    const int before = concealed();
    ++missing_;
    ++blended_;
    const int now = static_cast<int>(blended_);
    constexpr int kAll = static_cast<int>(kBlend);
    return static_cast<std::int16_t>((sample * now + before * (kAll - now)) / kAll);
  }
  missing_ = 0;
  blended_ = 0;
  last_[last_end_] = sound_[index];
  last_end_ = (last_end_ + 1) % last_.size();
  return sound_[index];
}

// What was heard last, backwards and forwards again, so that nothing jumps, and ever softer.
int RecordedTrack::concealed() const {
  if (missing_ >= kFadeOut) return 0;
  const std::size_t length = last_.size();
  const std::size_t step = static_cast<std::size_t>(missing_) % (2 * length);
  const std::size_t back = step < length ? step : 2 * length - 1 - step;
  const std::size_t index = (last_end_ + length - 1 - back) % length;
  constexpr int kAll = static_cast<int>(kFadeOut);
  return last_[index] * (kAll - static_cast<int>(missing_)) / kAll;
}

}  // namespace media
