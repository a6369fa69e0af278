// RTP from anywhere: what is taken for a packet lies inside the datagram.
#include <span>

#include "base/check.h"
#include "media/rtp_packet.h"
#include "media/telephone_event.h"
#include "tests/fuzz/fuzz_input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::span datagram(data, size);
  const auto packet = media::parse_rtp(datagram);
  if (!packet) return 0;

  CHECK(packet->payload_offset >= media::kRtpHeaderBytes);
  CHECK(packet->payload_size > 0);
  CHECK(packet->payload_offset + packet->payload_size <= size);

  media::DigitWatch watch;
  const auto payload = datagram.subspan(packet->payload_offset, packet->payload_size);
  if (watch.take(packet->header, payload)) {
    // The same press is told once.
    CHECK(!watch.take(packet->header, payload));
  }
  return 0;
}
