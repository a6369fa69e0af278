// RTCP sender and receiver reports as bytes (RFC 3550 §6.4). Pure, any thread; what comes is
// untrusted. Other kinds of packets are passed over.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace media {

// What one side says of the other's stream.
struct RtcpBlock {
  std::uint32_t ssrc = 0;
  std::uint8_t fraction_lost = 0;  // Of 256.
  std::int32_t lost = 0;           // 24 bits.
  std::uint32_t highest = 0;
  std::uint32_t jitter = 0;
  std::uint32_t last_report = 0;  // Middle of the NTP time of the last sender report; 0: none …
  std::uint32_t delay = 0;        // … and the time since it came, in 1/65536 s.

  bool operator==(const RtcpBlock&) const = default;
};

// What a sender says of its own.
struct RtcpSender {
  std::uint64_t ntp_time = 0;
  std::uint32_t timestamp = 0;
  std::uint32_t packets = 0;
  std::uint32_t bytes = 0;

  bool operator==(const RtcpSender&) const = default;
};

struct RtcpReport {
  std::uint32_t ssrc = 0;  // Of who reports.
  std::optional<RtcpSender> sender = {};
  std::vector<RtcpBlock> blocks = {};

  bool operator==(const RtcpReport&) const = default;
};

// The first report of a compound packet. Returns: nullopt when it has none or is malformed.
std::optional<RtcpReport> parse_rtcp(std::span<const std::uint8_t> datagram);

// A compound packet with the CNAME that RFC 3550 §6.1 wants. Requires: at most 31 blocks and 255
// bytes of name.
std::vector<std::uint8_t> write_rtcp(const RtcpReport& report, std::string_view cname);

}  // namespace media
