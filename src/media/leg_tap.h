// What a leg says and what it is sent, as sound by the tick, for somebody else to hear.
//
// Packets come when they come; each tick has one frame of either side, a little behind, so that
// packets which were delayed on their way find their place. What is lost is concealed on its side
// and does not hold up the other. Worker's thread only.
#pragma once

#include <cstdint>
#include <span>

#include "media/audio_codec.h"
#include "media/frame.h"
#include "media/recorded_track.h"
#include "media/rtp_packet.h"

namespace media {

class LegTap {
 public:
  // How far behind: two packets of 20 ms may be late. Longer would make talking through it hard.
  static constexpr Tick kFramesBehind = 2;

  explicit LegTap(Tick now) : began_(now), tick_(now) {}

  // A packet with sound, from the leg's peer or to it, since this tick.
  struct Packet {
    RtpHeader header;
    AudioCodec codec = AudioCodec::Pcmu;
    std::span<const std::uint8_t> payload;
  };
  void take_said(const Packet& packet, Tick now) { take(said_track_, packet, now); }
  void take_sent(const Packet& packet, Tick now) { take(sent_track_, packet, now); }

  // Goes on to the frames of this tick. Those of ticks between, if there were any, are left out.
  void advance(Tick now);
  const Frame& said() const { return said_; }
  const Frame& sent() const { return sent_; }
  // What is sent at this tick is no packet yet, and needs not be waited for.
  void set_sent(const Frame& frame) { sent_ = frame; }

 private:
  using Position = RecordedTrack::Position;
  Position position(Tick tick) const {
    return static_cast<Position>((tick - began_ + kFramesBehind) * kFrameSamples);
  }
  void take(RecordedTrack& track, const Packet& packet, Tick now) const;

  Tick began_;
  Tick tick_;
  RecordedTrack said_track_;
  RecordedTrack sent_track_;
  Frame said_{};
  Frame sent_{};
};

}  // namespace media
