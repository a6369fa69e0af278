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
  const Heard* heard = leg.connection->find_heard(packet->header.payload_type);
  if (heard == nullptr) return MediaCounters::add(with_.counters.dropped_unknown_payload);
  if (!leg.latch.accept(from, packet->header.ssrc, now_)) {
    return MediaCounters::add(with_.counters.dropped_stranger);
  }
  leg.heard_at = now_;
  RtpHeader header = packet->header;
  if (heard->codec) header.timestamp = leg.clock.in_samples(*heard->codec, header.timestamp);
  leg.reception.take(header, now_);
  if (!leg.connection->may_receive()) return MediaCounters::add(with_.counters.dropped_unwanted);

  const auto payload = datagram.subspan(packet->payload_offset, packet->payload_size);
  if (heard->codec) {
    ++leg.heard.packets;
    leg.heard.bytes += payload.size();
    if (leg.bridged_with) arrange_transcoding(leg, *heard->codec);
    if (leg.recorder) leg.recorder->said({header, *heard->codec, payload}, now_);
    if (leg.tap) leg.tap->take_said({header, *heard->codec, payload}, tick_);
    if (leg.key_tones) leg.key_tones->take({header, *heard->codec, payload}, tick_);
  } else {
    ++leg.heard.digit_packets;
    take_digit(leg, *packet, payload);
  }
  if (leg.bridged_with) relay(leg, {header, heard->codec, payload});
}

// Sound of a codec that the other party does not have is decoded, through a jitter buffer, and
// encoded anew.
void LegSet::arrange_transcoding(const Leg& from, AudioCodec codec) {
  Leg* to = find(from.bridged_with);
  if (to == nullptr || !to->connection || to->is_transcoded) return;
  if (can_transcode(codec, to->connection->codec)) return;
  to->is_transcoded = true;
  transcoded_.insert(to->id);
  to->interrupt_relay();
  arrange_listening();
}

void LegSet::take_digit(Leg& leg, const RtpPacket& packet, std::span<const std::uint8_t> payload) {
  if (const auto digit = leg.digits.take(packet.header, payload)) {
    with_.reports.send(call::DigitReceived{.leg = leg.id, .digit = std::string(1, *digit)});
    Leg* to = find(leg.bridged_with);
    if (to != nullptr && to->is_pressed_anew()) press(*to, *digit);
  }
}

// Keys that were tones. The other party of a bridge has heard them.
void LegSet::tell_key_tones(Leg& leg) {
  for (const char key : leg.key_tones->advance(tick_)) {
    with_.reports.send(call::DigitReceived{
        .leg = leg.id, .digit = std::string(1, key), .by = call::DigitReceived::By::Tone});
  }
}

void LegSet::relay(Leg& from, const Incoming& packet) {
  Leg* to = find(from.bridged_with);
  if (to == nullptr || !to->connection || !to->connection->may_send()) return;
  if (to->is_mixed) return;  // What it hears is made at the next tick.
  if (to->playback && to->playback->stream->state() == SoundStream::State::Playing) return;
  if (to->keys.is_busy()) return to->interrupt_relay();

  if (packet.codec) {
    transcode(*packet.codec, to->connection->codec, packet.payload);
  } else if (!to->connection->digits_payload_type || to->is_pressed_anew()) {
    to->relay.leave_out(packet.header);
    return to->recutter.leave_out(packet.header);
  }
  const bool fits = !packet.codec || !is_cuttable(*packet.codec) ||
                    packet.payload.size() == to->recutter.samples_per_packet();
  if (fits && !to->recutter.is_flowing()) return relay_as_it_is(*to, packet);
  relay_recut(*to, packet);
}

// Puts the packet, with the other leg's header, into the batch that flush() sends. The header is
// written in front of the payload where it lies: nothing is copied.
void LegSet::relay_as_it_is(Leg& to, const Incoming& packet) {
  const std::size_t samples =
      packet.codec ? samples_in(*packet.codec, packet.payload) : kFrameSamples;
  if (samples == 0) return MediaCounters::add(with_.counters.dropped_malformed);
  const auto place = to.relay.place(packet.header, to.cursor, tick_, samples);
  if (!place) return MediaCounters::add(with_.counters.dropped_unwanted);
  const std::span<std::uint8_t> bytes(packet.payload.data() - kRtpHeaderBytes,
                                      packet.payload.size() + kRtpHeaderBytes);
  const RtpHeader header{.payload_type = packet.codec ? to.connection->payload_type
                                                      : *to.connection->digits_payload_type,
                         .marker = packet.header.marker || place->after_gap,
                         .sequence = place->sequence,
                         .timestamp = place->timestamp,
                         .ssrc = to.cursor.ssrc()};
  if (packet.codec) note_sent(to, header, packet.payload);
  write_header(to, header, bytes.first<kRtpHeaderBytes>());
  relayed_.add(bytes);
  ++to.sent.packets;
  to.sent.bytes += packet.payload.size();
}

// Packets of another length than the listener's: their sound is cut anew.
void LegSet::relay_recut(Leg& to, const Incoming& packet) {
  flush(to.id);  // What came before it goes before it.
  to.relay.interrupt();
  const auto send = [&](const RtpPlace& place, std::span<const std::uint8_t> payload) {
    send_sound(to, place, payload);
  };
  if (packet.codec) {
    if (to.recutter.take(packet.header, packet.payload, to.cursor, tick_, send)) return;
    return MediaCounters::add(with_.counters.dropped_unwanted);
  }
  const auto place = to.recutter.take_key(packet.header, to.cursor, tick_, send);
  if (!place) return MediaCounters::add(with_.counters.dropped_unwanted);
  send_now(to,
           {.payload_type = *to.connection->digits_payload_type,
            .marker = packet.header.marker,
            .sequence = place->sequence,
            .timestamp = place->timestamp,
            .ssrc = to.cursor.ssrc()},
           packet.payload);
}

// As the peer counts.
void LegSet::write_header(const Leg& to, RtpHeader header,
                          std::span<std::uint8_t, kRtpHeaderBytes> bytes) {
  header.timestamp *= timestamp_units(to.connection->codec);
  write_rtp_header(header, bytes);
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
