// Keys pressed at the far end, out of RFC 4733 telephone-event packets.
//
// One press is many packets with one timestamp: repeated while the key is held and three times at
// its end. Each press is told once, with the first of its packets that arrives. Pure; one watcher
// per leg. Relaying the packets is not its business.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>

#include "media/rtp_packet.h"

namespace media {

// The payload of one packet (RFC 4733 §2.3).
struct TelephoneEvent {
  std::uint8_t code = 0;  // 0–9, 10 *, 11 #, 12–15 A–D; others are not keys.
  bool ended = false;
  std::uint16_t duration = 0;  // In timestamp units, so far.
};

// Returns: nullopt when the payload is too short.
std::optional<TelephoneEvent> parse_telephone_event(std::span<const std::uint8_t> payload);

// The code of a key. Returns: nullopt when it is none.
std::optional<std::uint8_t> key_code(char key);

// The payload of one packet.
std::array<std::uint8_t, 4> telephone_event_payload(const TelephoneEvent& event);

class DigitWatch {
 public:
  // Returns: the key, when this packet is the first one seen of a press.
  std::optional<char> take(const RtpHeader& header, std::span<const std::uint8_t> payload);

 private:
  struct Press {
    std::uint32_t ssrc = 0;
    std::uint32_t timestamp = 0;
    TelephoneEvent event;
  };
  // What a packet is to the press seen last.
  enum class Kin { NewPress, SamePress, Late };
  Kin kin_of(const RtpHeader& header, const TelephoneEvent& event) const;

  std::optional<Press> last_;
};

}  // namespace media
