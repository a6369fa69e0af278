// One side of a recorded leg: packets in, sound without gaps out.
//
// Packets are placed by their timestamps, and the sound is given out kWindow behind the present, so
// that late packets find their place. What is missing is concealed by the sound before it, which
// fades, and is silence from then on. A stream that jumps, begins anew or has become slower is
// placed anew, at the present: the track never runs ahead of time nor falls behind. Pure; positions
// count samples since the track began.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "media/frame.h"
#include "media/rtp_packet.h"

namespace media {

class RecordedTrack {
 public:
  using Position = std::int64_t;
  // How late a packet may be: more than networks that one can talk over do to it.
  static constexpr Position kWindow = 200 * kSamplesPerMs;

  // Sound of a packet that came, or was sent, at `now`.
  // Requires: no more than kWindow and one frame lie between the last next() and now.
  void take(const RtpHeader& packet, std::span<const std::int16_t> sound, Position now);
  // The same in two steps, for sound that is known later: where the packet belongs, nullopt when it
  // has no place, and what it holds.
  std::optional<Position> place(const RtpHeader& packet, std::size_t samples, Position now);
  void put(std::span<const std::int16_t> sound, Position at);

  // The sound that follows what was given out before.
  void next(Frame& frame);
  // Of the first sample of the next frame.
  Position position() const { return out_; }

 private:
  // Sound may be ahead of the present by as much: a sender whose clock is fast, or a burst.
  static constexpr Position kAheadMax = 400 * kSamplesPerMs;
  // Farther off than this a timestamp has nothing to do with the one before it.
  static constexpr Position kJump = kSampleRate;
  // A stream that has been late for so long has become slower; it does not catch up.
  static constexpr Position kLateMax = 200 * kSamplesPerMs;
  // Power of two; holds window, head start and the longest packet.
  static constexpr std::size_t kRing = 8192;
  static constexpr Position kFadeOut = 60 * kSamplesPerMs;
  static constexpr Position kBlend = 5 * kSamplesPerMs;

  // Where the newest packet of a stream lies.
  struct Flow {
    std::uint32_t ssrc = 0;
    std::uint16_t sequence = 0;
    std::uint32_t timestamp = 0;
    Position at = 0;
  };
  Position begin(const RtpHeader& packet, Position now);
  std::int16_t next_sample();
  int concealed() const;
  static std::size_t slot(Position at) { return static_cast<std::size_t>(at) % kRing; }

  std::array<std::int16_t, kRing> sound_{};
  std::array<bool, kRing> is_there_{};
  Position out_ = 0;
  std::optional<Flow> flow_;
  std::optional<Position> late_since_;

  // The last sound that was there, and how long ago it ended.
  Frame last_{};
  std::size_t last_end_ = 0;
  Position missing_ = 0;
  Position blended_ = 0;  // Of the sound behind a gap, so far.
};

}  // namespace media
