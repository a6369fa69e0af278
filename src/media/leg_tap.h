// What a leg says and what it is sent, as sound by the tick, for somebody else to hear.
//
// Packets come when they come; each tick has one frame of either side, a little behind, so that
// packets which were delayed on their way find their place. What is lost is concealed on its side
// and does not hold up the other. Worker's thread only.
#pragma once

#include <cstdint>

#include "media/frame.h"
#include "media/playout.h"

namespace media {

class LegTap {
 public:
  // How far behind: two packets of 20 ms may be late. Longer would make talking through it hard.
  static constexpr Tick kFramesBehind = 2;

  explicit LegTap(Tick now) : began_(now), tick_(now) {}

  // A packet with sound, from the leg's peer or to it, since this tick.
  using Packet = SoundPacket;
  void take_said(const Packet& packet, Tick now) { said_track_.take(packet, position(now)); }
  void take_sent(const Packet& packet, Tick now) { sent_track_.take(packet, position(now)); }

  // Goes on to the frames of this tick. Those of ticks between, if there were any, are left out.
  void advance(Tick now);
  const Frame& said() const { return said_; }
  const Frame& sent() const { return sent_; }
  // What is sent at this tick is no packet yet, and needs not be waited for.
  void set_sent(const Frame& frame) { sent_ = frame; }

 private:
  using Position = Playout::Position;
  Position position(Tick tick) const {
    return static_cast<Position>((tick - began_ + kFramesBehind) * kFrameSamples);
  }

  Tick began_;
  Tick tick_;
  Playout said_track_;
  Playout sent_track_;
  Frame said_{};
  Frame sent_{};
};

}  // namespace media
