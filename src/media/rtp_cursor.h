// The place of one leg in what it sends: which numbers its next packet bears.
//
// One SSRC, sequence numbers without a gap of our making and timestamps that follow the clock,
// whoever makes the sound: music, the other party, music again, in packets of whatever length.
// Pure. Time is counted in ticks, and the sound of tick n fills the frame before it: sound that
// ends at tick n began n frames, less its own length, after the worker's start.
#pragma once

#include <cstddef>
#include <cstdint>

#include "media/frame.h"

namespace media {

struct RtpPlace {
  std::uint16_t sequence = 0;
  std::uint32_t timestamp = 0;
  // Nothing was sent right before it: the beginning of a talkspurt (RFC 3551 §4.1), where the
  // receiver may set its buffer anew.
  bool after_gap = false;
};

class RtpCursor {
 public:
  // A new stream. RFC 3550 §5.1: the numbers begin at random.
  RtpCursor(std::uint64_t random, Tick now);
  // A stream that another process sent, whose last packet, of one frame, went `silent_for` ago.
  struct Last {
    std::uint32_t ssrc = 0;
    std::uint16_t sequence = 0;
    std::uint32_t timestamp = 0;
    std::chrono::milliseconds silent_for{0};
  };
  RtpCursor(const Last& last, Tick now);

  // The place behind all that was sent, for sound that ends at this tick. Nothing changes yet.
  RtpPlace next(Tick now, std::size_t samples = kFrameSamples) const;
  // The next place, for sound of this timestamp.
  RtpPlace next_at(std::uint32_t timestamp) const;
  // A packet went out at this place, with sound that ends at this tick.
  void advance_to(const RtpPlace& place, Tick now, std::size_t samples = kFrameSamples);
  // A packet of sound that is counted from the last one, not from the clock.
  void advance_by(const RtpPlace& place, Tick now, std::size_t samples);
  // So many packets are missing in what is sent on, and the listener shall see it.
  void leave_out(std::uint16_t packets) {
    sequence_ = static_cast<std::uint16_t>(sequence_ + packets);
  }

  std::uint32_t ssrc() const { return ssrc_; }
  std::uint16_t sequence() const { return sequence_; }
  std::uint32_t timestamp() const { return timestamp_; }
  Tick last_tick() const { return last_tick_; }

 private:
  std::uint32_t ssrc_ = 0;
  std::uint16_t sequence_ = 0;   // Of the last packet.
  std::uint32_t timestamp_ = 0;  // Of the last packet …
  std::uint32_t behind_ = 0;     // … and behind its last sample,
  std::uint64_t position_ = 0;   // which stood there on the clock, in samples.
  Tick last_tick_ = 0;
  bool resting_ = true;  // The last packet, if any, was another process's.
};

}  // namespace media
