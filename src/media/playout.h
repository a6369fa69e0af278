// The jitter buffer of one stream of packets: they come in any order, their sound goes out in its
// own, decoded when it is due.
//
// Where sound lies, how late it may be and how gaps are filled is RecordedTrack's business. A codec
// that remembers what it decoded gets its packets here in their order, is told of what was lost,
// and may guess it better. Untrusted: a packet of any content is heard or left out, and neither the
// packets that wait nor the sound that is decoded for a frame grow without bounds. Pure; positions
// as in RecordedTrack.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "media/audio_codec.h"
#include "media/frame.h"
#include "media/recorded_track.h"
#include "media/rtp_packet.h"

namespace media {

// A packet with sound. The timestamp of its header counts samples of ours, whatever the codec.
struct SoundPacket {
  RtpHeader header;
  AudioCodec codec = AudioCodec::Pcmu;
  std::span<const std::uint8_t> payload;
};

class Playout {
 public:
  using Position = RecordedTrack::Position;

  // A packet that came, or was sent, at `now`. Requires: as RecordedTrack::take().
  void take(const SoundPacket& packet, Position now);

  // The sound that follows what was given out before.
  void next(Frame& frame);
  // Of the first sample of the next frame.
  Position position() const { return track_.position(); }

 private:
  // More than the track's window holds in packets of 5 ms; shorter ones are nobody's.
  static constexpr std::size_t kHeldMax = 96;
  // Packets may overlap by what a clock is adjusted by, not more.
  static constexpr Position kOverlapMax = 5 * kSamplesPerMs;
  // Longer than this a decoder does not guess.
  static constexpr Position kConcealedMax = 100 * kSamplesPerMs;
  // 120 ms, the longest packet of Opus, and more bytes than any datagram has.
  static constexpr std::size_t kSamplesMax = kDatagramBytesMax;

  using Held = std::map<Position, std::vector<std::uint8_t>>;
  void decode_until(Position end);
  void decode(std::span<const std::uint8_t> payload, Position at);
  void conceal_until(Position end);

  RecordedTrack track_;
  std::optional<AudioCodec> codec_;
  std::unique_ptr<PayloadDecoder> decoder_;
  Held held_;             // By where they begin.
  Position decoded_ = 0;  // So far.
  Position told_ = 0;     // So far a packet told it.
  bool has_spoken_ = false;
};

}  // namespace media
