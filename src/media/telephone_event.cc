#include "media/telephone_event.h"

#include <string_view>

namespace media {
namespace {

constexpr std::string_view kKeys = "0123456789*#ABCD";
// A press older than this by its timestamp is not a late packet but a peer that began to count
// anew: no network holds a packet for 10 s.
constexpr std::int32_t kLateMax = 80'000;
// A longer press is told in segments, each with the timestamp at which it begins (RFC 4733
// §2.5.1.3).
constexpr std::uint16_t kSegmentDuration = 0xffff;

}  // namespace

std::optional<TelephoneEvent> parse_telephone_event(std::span<const std::uint8_t> payload) {
  if (payload.size() < 4) return std::nullopt;
  return TelephoneEvent{.code = payload[0],
                        .ended = (payload[1] & 0x80) != 0,
                        .duration = static_cast<std::uint16_t>(payload[2] << 8 | payload[3])};
}

std::optional<std::uint8_t> key_code(char key) {
  const std::size_t code = kKeys.find(key);
  if (code == kKeys.npos) return std::nullopt;
  return static_cast<std::uint8_t>(code);
}

std::array<std::uint8_t, 4> telephone_event_payload(const TelephoneEvent& event) {
  // In dBm0 below the full level (RFC 4733 §2.3.4): as loud as a phone's key.
  constexpr std::uint8_t kVolume = 10;
  return {event.code, static_cast<std::uint8_t>((event.ended ? 0x80 : 0) | kVolume),
          static_cast<std::uint8_t>(event.duration >> 8),
          static_cast<std::uint8_t>(event.duration & 0xff)};
}

std::optional<char> DigitWatch::take(const RtpHeader& header,
                                     std::span<const std::uint8_t> payload) {
  const auto event = parse_telephone_event(payload);
  if (!event) return std::nullopt;
  const Kin kin = kin_of(header, *event);
  if (kin == Kin::Late) return std::nullopt;

  last_ = Press{header.ssrc, header.timestamp, *event};
  if (kin == Kin::SamePress || event->code >= kKeys.size()) return std::nullopt;
  return kKeys[event->code];
}

DigitWatch::Kin DigitWatch::kin_of(const RtpHeader& header, const TelephoneEvent& event) const {
  if (!last_ || last_->ssrc != header.ssrc) return Kin::NewPress;
  const auto later = static_cast<std::int32_t>(header.timestamp - last_->timestamp);
  if (later == 0) return Kin::SamePress;
  if (later < 0) return later > -kLateMax ? Kin::Late : Kin::NewPress;

  const bool next_segment = last_->event.duration == kSegmentDuration && !last_->event.ended &&
                            later == kSegmentDuration && event.code == last_->event.code;
  return next_segment ? Kin::SamePress : Kin::NewPress;
}

}  // namespace media
