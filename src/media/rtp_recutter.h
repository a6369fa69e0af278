// What RtpRelay is for packets that can be sent on as they came, for those that cannot: the other
// party sends packets of one length, and the listener wants another.
//
// Timestamps are shifted as in RtpRelay; sequence numbers are made anew, one for each packet that
// is made, and numbers are left out where packets were lost, so that the listener sees the loss.
// Packets that come too late are not put back into their order. Pure; one per direction of a
// bridge, used from the first packet on that does not fit until the flow is interrupted.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "media/packetiser.h"
#include "media/rtp_cursor.h"
#include "media/rtp_packet.h"

namespace media {

class RtpRecutter {
 public:
  explicit RtpRecutter(std::size_t samples_per_packet) : packetiser_(samples_per_packet) {}

  std::size_t samples_per_packet() const { return packetiser_.samples_per_packet(); }
  bool is_flowing() const { return flowing_.has_value(); }

  // Takes sound that came in, in the codec of the listener. What is to be sent now is given to
  // `send(place, payload)`, and the cursor is moved on. Returns: false for a packet that is too
  // late.
  template <class Send>
  bool take(const RtpHeader& in, std::span<const std::uint8_t> sound, RtpCursor& cursor, Tick now,
            Send send) {
    if (!follows(in)) begin(in, cursor.next(now, sound.size()));
    Flow& flow = *flowing_;
    const int distance = distance_from(flow.newest, in.sequence);
    if (distance <= 0) return false;

    const std::uint32_t silent = in.timestamp - flow.expected;
    const std::uint16_t lost = distance > 1 ? packets_in(silent) : std::uint16_t{0};
    const auto emit = [&](std::uint32_t timestamp, std::span<const std::uint8_t> payload) {
      RtpPlace place = cursor.next_at(timestamp);
      if (lost > 0) place.after_gap = false;
      cursor.advance_to(place, now, payload.size());
      send(place, payload);
    };
    if (silent > 0) packetiser_.flush(emit);
    cursor.leave_out(lost);
    packetiser_.take(in.timestamp + flow.shift, sound, emit);
    flow.newest = in.sequence;
    flow.expected = in.timestamp + static_cast<std::uint32_t>(sound.size());
    return true;
  }

  // Takes a key (RFC 4733), which goes out by itself, behind the sound that waits. Returns: its
  // place; nullopt for a packet that is too late.
  template <class Send>
  std::optional<RtpPlace> take_key(const RtpHeader& in, RtpCursor& cursor, Tick now, Send send) {
    if (!follows(in)) begin(in, cursor.next(now));
    Flow& flow = *flowing_;
    if (distance_from(flow.newest, in.sequence) <= 0) return std::nullopt;
    packetiser_.flush([&](std::uint32_t timestamp, std::span<const std::uint8_t> payload) {
      const RtpPlace place = cursor.next_at(timestamp);
      cursor.advance_to(place, now, payload.size());
      send(place, payload);
    });
    flow.newest = in.sequence;
    RtpPlace place = cursor.next_at(in.timestamp + flow.shift);
    place.after_gap = false;  // The marker of a key is the sender's.
    cursor.advance_to(place, now);
    return place;
  }

  // A packet that came in is not sent on.
  void leave_out(const RtpHeader& in);

  // Something else is sent on this leg; what waits is forgotten.
  void interrupt();

 private:
  struct Flow {
    std::uint32_t ssrc = 0;
    std::uint16_t newest = 0;
    std::uint32_t expected = 0;  // Timestamp, as it comes in, of sound that follows.
    std::uint32_t shift = 0;
  };
  static int distance_from(std::uint16_t last, std::uint16_t next);
  bool follows(const RtpHeader& in) const;
  void begin(const RtpHeader& in, const RtpPlace& place);
  std::uint16_t packets_in(std::uint32_t samples) const;

  Packetiser packetiser_;
  std::optional<Flow> flowing_;
};

}  // namespace media
