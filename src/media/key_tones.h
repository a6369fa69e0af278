// Keys pressed at the far end as tones in what it says (ITU-T Q.23), for peers that have no better
// way to tell them. The detection is libspandsp's.
//
// Packets go through a jitter buffer first, so that one that is lost or late neither ends a key nor
// makes two of it. Worker's thread only.
#pragma once

#include <memory>
#include <string>

#include "media/frame.h"
#include "media/playout.h"

namespace media {

class KeyTones {
 public:
  explicit KeyTones(Tick now);
  ~KeyTones();
  KeyTones(const KeyTones&) = delete;
  KeyTones& operator=(const KeyTones&) = delete;

  // A packet with sound from the peer, since this tick.
  void take(const SoundPacket& packet, Tick now) { said_.take(packet, position(now)); }

  // Goes on to this tick. Returns: the keys whose tones were recognised meanwhile, in their order.
  std::string advance(Tick now);

 private:
  // Two packets of 20 ms may be late: a key is told that much later.
  static constexpr Tick kFramesBehind = 2;
  struct Detector;
  Playout::Position position(Tick tick) const {
    return static_cast<Playout::Position>((tick - began_ + kFramesBehind) * kFrameSamples);
  }

  Tick began_;
  Tick tick_;
  Playout said_;
  std::unique_ptr<Detector> detector_;
};

}  // namespace media
