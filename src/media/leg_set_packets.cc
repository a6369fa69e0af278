// What peers send: to be heard by the other party of the bridge, or a key that the core wants to
// know. Untrusted: everything that does not fit is dropped and counted.
#include <algorithm>

#include "media/leg_set.h"

namespace media {

void LegSet::receive(base::LegId id) {
  Leg* leg = find(id);
  if (leg == nullptr) return;
  const std::size_t count = received_.receive(leg->socket);
  MediaCounters::add(with_.counters.packets_in, count);
  for (std::size_t index = 0; index < count; ++index) {
    take_packet(*leg, received_.datagram(index), received_.from(index));
  }
  flush(leg->bridged_with);
}

void LegSet::take_packet(Leg& leg, std::span<std::uint8_t> datagram, const Endpoint& from) {
  const auto packet = parse_rtp(datagram);
  if (!packet) return MediaCounters::add(with_.counters.dropped_malformed);
  if (!leg.connection) return MediaCounters::add(with_.counters.dropped_unwanted);
  const bool is_digit = packet->header.payload_type == leg.connection->digits_payload_type;
  if (!is_digit && packet->header.payload_type != leg.connection->payload_type) {
    return MediaCounters::add(with_.counters.dropped_unknown_payload);
  }
  if (!leg.latch.accept(from, now_)) return MediaCounters::add(with_.counters.dropped_stranger);
  if (!leg.connection->may_receive()) return MediaCounters::add(with_.counters.dropped_unwanted);

  if (is_digit) {
    take_digit(leg, *packet, datagram.subspan(packet->payload_offset, packet->payload_size));
  }
  if (leg.bridged_with) relay(leg, *packet, datagram);
}

void LegSet::take_digit(Leg& leg, const RtpPacket& packet, std::span<const std::uint8_t> payload) {
  if (const auto digit = leg.digits.take(packet.header, payload)) {
    with_.reports.send(call::DigitReceived{.leg = leg.id, .digit = std::string(1, *digit)});
  }
}

// Puts the packet, with the other leg's header, into the batch that flush() sends. The header is
// written in front of the payload where it lies: nothing is copied.
void LegSet::relay(Leg& from, const RtpPacket& packet, std::span<std::uint8_t> datagram) {
  Leg* to = find(from.bridged_with);
  if (to == nullptr || !to->connection || !to->connection->may_send()) return;
  if (to->playback && to->playback->stream->state() == SoundStream::State::Playing) return;

  const bool is_digit = packet.header.payload_type != from.connection->payload_type;
  const auto payload_type =
      is_digit ? to->connection->digits_payload_type : std::optional(to->connection->payload_type);
  if (!payload_type) return to->relay.leave_out(packet.header);
  const auto place = to->relay.place(packet.header, to->cursor, tick_);
  if (!place) return MediaCounters::add(with_.counters.dropped_unwanted);

  const auto bytes = datagram.subspan(packet.payload_offset - kRtpHeaderBytes)
                         .first(kRtpHeaderBytes + packet.payload_size);
  if (!is_digit) {
    transcode(from.connection->codec, to->connection->codec, bytes.subspan(kRtpHeaderBytes));
  }
  write_rtp_header({.payload_type = *payload_type,
                    .marker = packet.header.marker || place->after_gap,
                    .sequence = place->sequence,
                    .timestamp = place->timestamp,
                    .ssrc = to->cursor.ssrc()},
                   bytes.first<kRtpHeaderBytes>());
  relayed_.add(bytes);
}

void LegSet::flush(base::LegId id) {
  const std::size_t count = relayed_.size();
  if (count == 0) return;
  Leg& to = *find(id);
  // Written down before it is sent: a number that the peer has seen is never used again.
  record(to);
  const std::size_t taken = relayed_.send(to.socket, to.latch.destination());
  MediaCounters::add(with_.counters.packets_out, taken);
  MediaCounters::add(with_.counters.dropped_unsent, count - taken);
}

}  // namespace media
