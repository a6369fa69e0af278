#include "sip/trace/hep.h"

#include <sys/socket.h>

#include <string_view>

#include "sip/trace/packet.h"

namespace sip::trace {
namespace {

constexpr std::size_t kDatagramMax = 65'507;
constexpr std::size_t kChunkHead = 6;
constexpr std::uint16_t kGenericVendor = 0;
constexpr std::uint8_t kProtocolSip = 1;

// The chunk types of the generic vendor.
enum class Chunk : std::uint16_t {
  IpFamily = 1,
  IpProtocol = 2,
  SourceV4 = 3,
  TargetV4 = 4,
  SourceV6 = 5,
  TargetV6 = 6,
  SourcePort = 7,
  TargetPort = 8,
  Seconds = 9,
  Microseconds = 10,
  PayloadProtocol = 11,
  CaptureId = 12,
  Payload = 15,
  CorrelationId = 17,
};

void append_chunk(std::string& out, Chunk type, std::string_view value) {
  append_number<2>(out, kGenericVendor);
  append_number<2>(out, static_cast<std::uint64_t>(type));
  append_number<2>(out, kChunkHead + value.size());
  out += value;
}

template <std::size_t Bytes>
void append_chunk(std::string& out, Chunk type, std::uint64_t number) {
  std::string value;
  append_number<Bytes>(value, number);
  append_chunk(out, type, value);
}

void append_addresses(std::string& out, const RawAddress& source, const RawAddress& target) {
  const bool v4 = source.family == Family::V4;
  append_chunk<1>(out, Chunk::IpFamily, static_cast<std::uint64_t>(v4 ? AF_INET : AF_INET6));
  append_chunk(out, v4 ? Chunk::SourceV4 : Chunk::SourceV6, source.bytes);
  append_chunk(out, v4 ? Chunk::TargetV4 : Chunk::TargetV6, target.bytes);
}

}  // namespace

std::string hep_packet(const Message& message, std::uint32_t capture_id) {
  const auto source = raw_address(message.source().host);
  const auto target = raw_address(message.target().host);
  if (!source || !target || source->family != target->family) return {};
  std::string chunks;
  append_addresses(chunks, *source, *target);
  append_chunk<1>(chunks, Chunk::IpProtocol, message.transport == "udp" ? 17 : 6);
  append_chunk<2>(chunks, Chunk::SourcePort, message.source().port);
  append_chunk<2>(chunks, Chunk::TargetPort, message.target().port);
  append_chunk<4>(chunks, Chunk::Seconds, static_cast<std::uint64_t>(message.unix_us / 1'000'000));
  append_chunk<4>(chunks, Chunk::Microseconds,
                  static_cast<std::uint64_t>(message.unix_us % 1'000'000));
  append_chunk<1>(chunks, Chunk::PayloadProtocol, kProtocolSip);
  append_chunk<4>(chunks, Chunk::CaptureId, capture_id);
  if (!message.call_id.empty()) append_chunk(chunks, Chunk::CorrelationId, message.call_id);
  append_chunk(chunks, Chunk::Payload, message.text);
  std::string packet = "HEP3";
  append_number<2>(packet, packet.size() + 2 + chunks.size());
  packet += chunks;
  return packet.size() > kDatagramMax ? std::string() : packet;
}

}  // namespace sip::trace
