#include "media/leg_tap.h"

#include <array>
#include <span>

namespace media {

void LegTap::take(RecordedTrack& track, const Packet& packet, Tick now) const {
  std::array<std::int16_t, kDatagramBytesMax> samples{};
  const std::size_t count = decode(packet.codec, packet.payload, samples);
  track.take(packet.header, std::span(samples).first(count), position(now));
}

void LegTap::advance(Tick now) {
  for (; tick_ < now; ++tick_) {
    said_track_.next(said_);
    sent_track_.next(sent_);
  }
}

}  // namespace media
