#include "media/rtp_packet.h"

namespace media {
namespace {

constexpr std::uint8_t kVersion = 2;

std::uint16_t read_16(std::span<const std::uint8_t> bytes, std::size_t at) {
  return static_cast<std::uint16_t>(bytes[at] << 8 | bytes[at + 1]);
}

std::uint32_t read_32(std::span<const std::uint8_t> bytes, std::size_t at) {
  return static_cast<std::uint32_t>(read_16(bytes, at)) << 16 | read_16(bytes, at + 2);
}

void write_16(std::span<std::uint8_t> out, std::size_t at, std::uint32_t value) {
  out[at] = static_cast<std::uint8_t>(value >> 8);
  out[at + 1] = static_cast<std::uint8_t>(value);
}

}  // namespace

base::Result<RtpPacket, RtpFault> parse_rtp(std::span<const std::uint8_t> datagram) {
  if (datagram.size() < kRtpHeaderBytes) return base::failure(RtpFault::TooShort);
  if (datagram.size() > kDatagramBytesMax) return base::failure(RtpFault::TooLarge);
  if (datagram[0] >> 6 != kVersion) return base::failure(RtpFault::WrongVersion);

  const bool padded = (datagram[0] & 0x20) != 0;
  const bool extended = (datagram[0] & 0x10) != 0;
  const std::size_t sources = datagram[0] & 0x0f;
  std::size_t start = kRtpHeaderBytes + 4 * sources;
  if (extended) {
    if (datagram.size() < start + 4) return base::failure(RtpFault::Truncated);
    start += 4 + std::size_t{4} * read_16(datagram, start + 2);
  }
  if (datagram.size() < start) return base::failure(RtpFault::Truncated);

  std::size_t end = datagram.size();
  if (padded) {
    const std::size_t padding = datagram.back();
    if (padding == 0 || padding > end - start) return base::failure(RtpFault::BadPadding);
    end -= padding;
  }
  if (end == start) return base::failure(RtpFault::NoPayload);

  return RtpPacket{.header = {.payload_type = static_cast<std::uint8_t>(datagram[1] & 0x7f),
                              .marker = (datagram[1] & 0x80) != 0,
                              .sequence = read_16(datagram, 2),
                              .timestamp = read_32(datagram, 4),
                              .ssrc = read_32(datagram, 8)},
                   .payload_offset = start,
                   .payload_size = end - start};
}

void write_rtp_header(const RtpHeader& header, std::span<std::uint8_t, kRtpHeaderBytes> out) {
  out[0] = kVersion << 6;
  out[1] = static_cast<std::uint8_t>((header.marker ? 0x80 : 0) | (header.payload_type & 0x7f));
  write_16(out, 2, header.sequence);
  write_16(out, 4, header.timestamp >> 16);
  write_16(out, 6, header.timestamp & 0xffff);
  write_16(out, 8, header.ssrc >> 16);
  write_16(out, 10, header.ssrc & 0xffff);
}

}  // namespace media
