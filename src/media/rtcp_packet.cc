#include "media/rtcp_packet.h"

#include "base/check.h"

namespace media {
namespace {

constexpr std::uint8_t kSenderReport = 200;
constexpr std::uint8_t kReceiverReport = 201;
constexpr std::uint8_t kDescription = 202;
constexpr std::uint8_t kCname = 1;
constexpr std::size_t kHeaderBytes = 4;
constexpr std::size_t kSenderBytes = 20;
constexpr std::size_t kBlockBytes = 24;

std::uint32_t word_at(std::span<const std::uint8_t> bytes, std::size_t at) {
  return std::uint32_t{bytes[at]} << 24 | std::uint32_t{bytes[at + 1]} << 16 |
         std::uint32_t{bytes[at + 2]} << 8 | bytes[at + 3];
}

void add_word(std::vector<std::uint8_t>& bytes, std::uint32_t word) {
  for (const int shift : {24, 16, 8, 0}) bytes.push_back(static_cast<std::uint8_t>(word >> shift));
}

// Version 2, no padding; the length counts 32-bit words, less one.
void add_header(std::vector<std::uint8_t>& bytes, std::size_t count, std::uint8_t type,
                std::size_t size) {
  bytes.push_back(static_cast<std::uint8_t>(0x80 | count));
  bytes.push_back(type);
  const std::size_t words = size / 4 - 1;
  bytes.push_back(static_cast<std::uint8_t>(words >> 8));
  bytes.push_back(static_cast<std::uint8_t>(words));
}

RtcpBlock block_at(std::span<const std::uint8_t> bytes, std::size_t at) {
  const std::uint32_t loss = word_at(bytes, at + 4);
  // The lower 24 bits have a sign.
  const auto lost = static_cast<std::int32_t>(loss << 8) >> 8;
  return {.ssrc = word_at(bytes, at),
          .fraction_lost = static_cast<std::uint8_t>(loss >> 24),
          .lost = lost,
          .highest = word_at(bytes, at + 8),
          .jitter = word_at(bytes, at + 12),
          .last_report = word_at(bytes, at + 16),
          .delay = word_at(bytes, at + 20)};
}

std::optional<RtcpReport> report_in(std::span<const std::uint8_t> packet) {
  const bool sends = packet[1] == kSenderReport;
  const std::size_t blocks = packet[0] & 0x1f;
  std::size_t at = kHeaderBytes + 4 + (sends ? kSenderBytes : 0);
  if (packet.size() < at + blocks * kBlockBytes) return std::nullopt;
  RtcpReport report;
  report.ssrc = word_at(packet, kHeaderBytes);
  if (sends) {
    report.sender =
        RtcpSender{.ntp_time = std::uint64_t{word_at(packet, 8)} << 32 | word_at(packet, 12),
                   .timestamp = word_at(packet, 16),
                   .packets = word_at(packet, 20),
                   .bytes = word_at(packet, 24)};
  }
  for (std::size_t index = 0; index < blocks; ++index, at += kBlockBytes) {
    report.blocks.push_back(block_at(packet, at));
  }
  return report;
}

}  // namespace

std::optional<RtcpReport> parse_rtcp(std::span<const std::uint8_t> datagram) {
  while (datagram.size() >= kHeaderBytes) {
    if (datagram[0] >> 6 != 2) return std::nullopt;
    const std::size_t size = (std::size_t{datagram[2]} << 8 | datagram[3]) * 4 + 4;
    if (size > datagram.size()) return std::nullopt;
    const auto packet = datagram.first(size);
    if (packet[1] == kSenderReport || packet[1] == kReceiverReport) return report_in(packet);
    datagram = datagram.subspan(size);
  }
  return std::nullopt;
}

std::vector<std::uint8_t> write_rtcp(const RtcpReport& report, std::string_view cname) {
  CHECK(report.blocks.size() <= 31 && cname.size() <= 255);
  std::vector<std::uint8_t> bytes;
  const std::size_t size =
      kHeaderBytes + 4 + (report.sender ? kSenderBytes : 0) + report.blocks.size() * kBlockBytes;
  add_header(bytes, report.blocks.size(), report.sender ? kSenderReport : kReceiverReport, size);
  add_word(bytes, report.ssrc);
  if (report.sender) {
    add_word(bytes, static_cast<std::uint32_t>(report.sender->ntp_time >> 32));
    add_word(bytes, static_cast<std::uint32_t>(report.sender->ntp_time));
    add_word(bytes, report.sender->timestamp);
    add_word(bytes, report.sender->packets);
    add_word(bytes, report.sender->bytes);
  }
  for (const RtcpBlock& block : report.blocks) {
    add_word(bytes, block.ssrc);
    add_word(bytes, std::uint32_t{block.fraction_lost} << 24 |
                        (static_cast<std::uint32_t>(block.lost) & 0xffffff));
    add_word(bytes, block.highest);
    add_word(bytes, block.jitter);
    add_word(bytes, block.last_report);
    add_word(bytes, block.delay);
  }
  // One item and at least one zero behind it, filled up to a whole word (RFC 3550 §6.5).
  const std::size_t items = 2 + cname.size() + 1;
  const std::size_t filled = (items + 3) / 4 * 4;
  add_header(bytes, 1, kDescription, kHeaderBytes + 4 + filled);
  add_word(bytes, report.ssrc);
  bytes.push_back(kCname);
  bytes.push_back(static_cast<std::uint8_t>(cname.size()));
  bytes.insert(bytes.end(), cname.begin(), cname.end());
  bytes.resize(bytes.size() + filled - 2 - cname.size());
  return bytes;
}

}  // namespace media
