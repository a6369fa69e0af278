// The place of one leg in what it sends: which numbers its next packet bears.
//
// One SSRC, sequence numbers without a gap of our making and timestamps that follow the clock,
// whoever makes the sound: music, the other party, music again. Pure; time is counted in ticks.
#pragma once

#include <cstdint>

#include "media/frame.h"

namespace media {

struct RtpPlace {
  std::uint16_t sequence = 0;
  std::uint32_t timestamp = 0;
  // Nothing was sent before it for longer than a frame: the beginning of a talkspurt (RFC 3551
  // §4.1), where the receiver may set its buffer anew.
  bool after_gap = false;
};

class RtpCursor {
 public:
  // A new stream. RFC 3550 §5.1: the numbers begin at random.
  RtpCursor(std::uint64_t random, Tick now);
  // A stream that another process sent, whose last packet went `silent_for` ago.
  struct Last {
    std::uint32_t ssrc = 0;
    std::uint16_t sequence = 0;
    std::uint32_t timestamp = 0;
    std::chrono::milliseconds silent_for{0};
  };
  RtpCursor(const Last& last, Tick now);

  // The place behind all that was sent, for sound of this tick. Nothing changes yet.
  RtpPlace next(Tick now) const;
  // A packet went out at this place.
  void advance_to(const RtpPlace& place, Tick now);

  std::uint32_t ssrc() const { return ssrc_; }
  std::uint16_t sequence() const { return sequence_; }
  std::uint32_t timestamp() const { return timestamp_; }
  Tick last_tick() const { return last_tick_; }

 private:
  std::uint32_t ssrc_ = 0;
  std::uint16_t sequence_ = 0;   // Of the last packet.
  std::uint32_t timestamp_ = 0;  // Of the last packet.
  Tick last_tick_ = 0;
  bool resting_ = true;  // The last packet, if any, was another process's.
};

}  // namespace media
