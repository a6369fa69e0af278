#include "sip/trace/pcap.h"

#include "sip/trace/packet.h"

namespace sip::trace {
namespace {

constexpr std::uint32_t kMagic = 0xa1b2c3d4;  // Times in microseconds, numbers in network order.
constexpr std::uint32_t kLinkTypeRaw = 101;   // The packet begins with the IP header.
constexpr std::uint8_t kUdp = 17;
constexpr std::uint8_t kHops = 64;
constexpr std::size_t kIpv4Header = 20;
constexpr std::size_t kUdpHeader = 8;
constexpr std::size_t kPacketMax = 65'535;

// The sum of RFC 1071.
std::uint16_t checksum(std::string_view bytes) {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < bytes.size(); i += 2) {
    const auto high = static_cast<unsigned char>(bytes[i]);
    const auto low = i + 1 < bytes.size() ? static_cast<unsigned char>(bytes[i + 1]) : 0;
    sum += static_cast<std::uint64_t>(high) << 8 | low;
  }
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  return static_cast<std::uint16_t>(~sum);
}

void set_number(std::string& bytes, std::size_t at, std::uint16_t number) {
  bytes[at] = static_cast<char>(number >> 8);
  bytes[at + 1] = static_cast<char>(number & 0xff);
}

struct Ends {
  RawAddress source;
  RawAddress target;
};

// RFC 768; the checksum covers the addresses too, a sum of zero is written as all ones.
std::string udp(const Message& message, const Ends& ends) {
  std::string packet;
  const std::size_t size = kUdpHeader + message.text.size();
  append_number<2>(packet, message.source().port);
  append_number<2>(packet, message.target().port);
  append_number<2>(packet, size);
  append_number<2>(packet, 0);
  packet += message.text;
  std::string summed = ends.source.bytes + ends.target.bytes;
  append_number<4>(summed, size);
  append_number<4>(summed, kUdp);
  const std::uint16_t sum = checksum(summed + packet);
  set_number(packet, 6, sum == 0 ? 0xffff : sum);
  return packet;
}

// RFC 791, without options; may not be cut (flag DF).
std::string ipv4(const std::string& payload, const Ends& ends) {
  std::string packet = {'\x45', '\0'};
  append_number<2>(packet, kIpv4Header + payload.size());
  append_number<2>(packet, 0);
  append_number<2>(packet, 0x4000);
  append_number<1>(packet, kHops);
  append_number<1>(packet, kUdp);
  append_number<2>(packet, 0);
  packet += ends.source.bytes + ends.target.bytes;
  set_number(packet, 10, checksum(packet));
  return packet + payload;
}

// RFC 8200 §3.
std::string ipv6(const std::string& payload, const Ends& ends) {
  std::string packet;
  append_number<4>(packet, 0x60000000);
  append_number<2>(packet, payload.size());
  append_number<1>(packet, kUdp);
  append_number<1>(packet, kHops);
  return packet + ends.source.bytes + ends.target.bytes + payload;
}

// Returns: an empty text when it cannot be written as a packet.
std::string packet_of(const Message& message) {
  const auto source = raw_address(message.source().host);
  const auto target = raw_address(message.target().host);
  if (!source || !target || source->family != target->family) return {};
  const Ends ends{*source, *target};
  if (message.text.size() + kUdpHeader + kIpv4Header > kPacketMax) return {};
  const std::string payload = udp(message, ends);
  return source->family == Family::V4 ? ipv4(payload, ends) : ipv6(payload, ends);
}

}  // namespace

std::string pcap(const Messages& messages) {
  std::string out;
  append_number<4>(out, kMagic);
  append_number<2>(out, 2);  // Version 2.4.
  append_number<2>(out, 4);
  append_number<8>(out, 0);  // Time zone and accuracy: always 0.
  append_number<4>(out, kPacketMax);
  append_number<4>(out, kLinkTypeRaw);
  for (const MessagePtr& message : messages) {
    const std::string packet = packet_of(*message);
    if (packet.empty()) continue;
    append_number<4>(out, static_cast<std::uint64_t>(message->unix_us / 1'000'000));
    append_number<4>(out, static_cast<std::uint64_t>(message->unix_us % 1'000'000));
    append_number<4>(out, packet.size());
    append_number<4>(out, packet.size());
    out += packet;
  }
  return out;
}

}  // namespace sip::trace
