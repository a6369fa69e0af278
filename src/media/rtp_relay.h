// Where the packets of the other party fall in a leg's own stream.
//
// A translator in the sense of RFC 3550 §7.1: numbers are shifted, not made anew, so that the
// listener sees the losses, the order and the pauses that were in the incoming stream. The shift
// is chosen when the stream begins to flow (the bridge is made, a sound played between ended, the
// far end began a new stream), such that its first packet follows what the leg sent last. Pure;
// one per direction of a bridge.
#pragma once

#include <cstdint>
#include <optional>

#include "media/rtp_cursor.h"
#include "media/rtp_packet.h"

namespace media {

class RtpRelay {
 public:
  // The place of a packet that came in, and the cursor moves on when it is the newest. Returns:
  // nullopt for a packet that is too late to be told from what the leg had sent before.
  // `samples`: how much sound the packet holds.
  std::optional<RtpPlace> place(const RtpHeader& in, RtpCursor& cursor, Tick now,
                                std::size_t samples = kFrameSamples);

  // A packet that came in is not sent on: those behind it close the gap in the numbers.
  void leave_out(const RtpHeader& in);

  // Something else is sent on this leg: the next packet chooses the shift anew.
  void interrupt() { flowing_.reset(); }

 private:
  struct Flow {
    std::uint32_t ssrc = 0;
    std::uint16_t first = 0;  // Sequence numbers and timestamp as they come in.
    std::uint16_t newest = 0;
    std::uint32_t newest_timestamp = 0;
    std::uint16_t sequence_shift = 0;
    std::uint32_t timestamp_shift = 0;
  };
  bool follows(const RtpHeader& in, Tick frames_passed) const;
  RtpPlace begin(const RtpHeader& in, RtpCursor& cursor, Tick now, std::size_t samples);

  std::optional<Flow> flowing_;
};

}  // namespace media
