// What arrives of one peer's stream, counted as RFC 3550 tells it: packets, losses, jitter.
//
// Pure. A peer that begins a new stream (another SSRC) is counted on; reports are of the stream
// that came last.
#pragma once

#include <cstdint>
#include <optional>

#include "media/frame.h"
#include "media/rtcp_packet.h"
#include "media/rtp_packet.h"

namespace media {

class Reception {
 public:
  void take(const RtpHeader& packet, TimePoint arrived);

  // What to tell the peer, and the next interval begins. Returns: nullopt when nothing came yet.
  std::optional<RtcpBlock> report();

  std::optional<std::uint32_t> ssrc() const;
  // Of all streams so far.
  std::uint64_t lost() const;
  std::int64_t jitter_ms() const { return (jitter_ >> 4) / kSamplesPerMs; }

 private:
  // RFC 3550 A.1: sequence numbers with their cycles.
  struct Stream {
    std::uint32_t ssrc = 0;
    std::uint32_t first = 0;
    std::uint32_t highest = 0;
    std::uint64_t received = 0;
    std::uint64_t expected_before = 0;  // At the last report.
    std::uint64_t received_before = 0;
  };
  std::uint64_t expected() const { return stream_->highest - stream_->first + 1; }
  std::uint64_t lost_of_stream() const;
  void count_jitter(const RtpHeader& packet, TimePoint arrived);

  std::optional<Stream> stream_;
  std::uint64_t lost_before_ = 0;  // In streams that are over.
  std::int64_t jitter_ = 0;        // Times 16, in timestamp units: RFC 3550 A.8.
  std::optional<std::int64_t> transit_;
};

}  // namespace media
