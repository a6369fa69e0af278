// RTP packets as bytes (RFC 3550 §5.1): reading what came and writing our own header.
//
// Pure, any thread. Whatever arrives is untrusted: a datagram is a packet or it has a fault, and
// there is no third outcome. What a payload type means, and whose packet it is, is decided
// elsewhere.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "base/result.h"

namespace media {

// Our packets carry neither contributing sources nor extensions.
inline constexpr std::size_t kRtpHeaderBytes = 12;
// What fits into one Ethernet frame. Audio of 60 ms needs 492 bytes; what is larger than this is
// not sound.
inline constexpr std::size_t kDatagramBytesMax = 1500;

struct RtpHeader {
  std::uint8_t payload_type = 0;  // 7 bits.
  bool marker = false;
  std::uint16_t sequence = 0;
  std::uint32_t timestamp = 0;
  std::uint32_t ssrc = 0;

  bool operator==(const RtpHeader&) const = default;
};

// A datagram that is RTP, and where in it the payload lies (behind contributing sources and
// extension, before padding). The offset is never less than kRtpHeaderBytes, so our header always
// fits in front of the payload in the same buffer.
struct RtpPacket {
  RtpHeader header;
  std::size_t payload_offset = 0;
  std::size_t payload_size = 0;
};

enum class RtpFault {
  TooShort,      // Less than a header.
  TooLarge,      // More than kDatagramBytesMax.
  WrongVersion,  // Not RTP version 2.
  Truncated,     // The header says that there is more than there is.
  BadPadding,    // The padding is longer than the payload, or of no length.
  NoPayload,     // Nothing to hear.
};

base::Result<RtpPacket, RtpFault> parse_rtp(std::span<const std::uint8_t> datagram);

void write_rtp_header(const RtpHeader& header, std::span<std::uint8_t, kRtpHeaderBytes> out);

}  // namespace media
