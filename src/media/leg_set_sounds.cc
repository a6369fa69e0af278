// Sounds to legs: one frame of every stream per tick, encoded once, sent to all who listen; and
// keys that are pressed toward them.
#include "media/leg_set.h"

namespace media {

void LegSet::play() {
  advance_taps();
  for (auto& [id, leg] : legs_) {
    if (const auto key = leg.keys.next()) send_key(leg, *key);
    if (leg.is_mixed) {
      send_mixture(leg);
    } else if (leg.playback) {
      play_to(leg);
    }
    if (leg.recorder) advance_recordings(leg);
    if (leg.key_tones) tell_key_tones(leg);
  }
  for (const base::LegId listener : listeners_) send_watched(*find(listener));
}

void LegSet::play_to(Leg& leg) {
  if (!is_playing(leg) || !can_be_sent_to(leg)) return;
  send_frame(leg, leg.playback->stream->payload(leg.connection->codec));
}

// Goes on to this tick's frame of the leg's sound. Returns: whether there is one.
bool LegSet::is_playing(Leg& leg) {
  SoundStream& stream = *leg.playback->stream;
  const SoundStream::State state = stream.advance(tick_);
  if (state == SoundStream::State::Loading) return false;
  if (state == SoundStream::State::Playing) return true;

  const bool finished = state == SoundStream::State::Ended;
  with_.reports.send(call::PlaybackEnded{
      .leg = leg.id,
      .playback = leg.playback->id,
      .how = finished ? call::PlaybackEnded::How::Finished : call::PlaybackEnded::How::Unplayable,
      .why = stream.why()});
  leg.playback.reset();
  leg.frames.forget();
  return false;
}

// A leg that may not be sent to lets its sound pass unheard, so that the end comes all the same.
bool LegSet::can_be_sent_to(Leg& leg) {
  leg.interrupt_relay();
  const bool may_send = leg.connection && leg.connection->may_send();
  if (may_send && !leg.keys.is_busy()) return true;
  leg.frames.forget();
  return false;
}

void LegSet::send_frame(Leg& leg, std::span<const std::uint8_t> frame) {
  const RtpPlace place = leg.cursor.next(tick_);
  const bool fits = leg.frames.waiting() == 0 && leg.frames.samples_per_packet() == frame.size();
  if (fits || !is_cuttable(leg.connection->codec)) {
    leg.cursor.advance_to(place, tick_);
    return send_sound(leg, place, frame);
  }
  leg.frames.take(place.timestamp, frame,
                  [&](std::uint32_t timestamp, std::span<const std::uint8_t> payload) {
                    const RtpPlace next = leg.cursor.next_at(timestamp);
                    leg.cursor.advance_by(next, tick_, payload.size());
                    send_sound(leg, next, payload);
                  });
}

// All packets of a key bear the timestamp of its beginning (RFC 4733 §2.5.1.1); the sound behind it
// follows the clock.
void LegSet::send_key(Leg& leg, const KeySender::Packet& packet) {
  const bool may_send = leg.connection && leg.connection->may_send();
  if (!may_send || !leg.connection->digits_payload_type) return leg.keys.forget();
  leg.interrupt_relay();
  leg.frames.forget();
  RtpPlace place = leg.cursor.next(tick_);
  if (packet.is_first) {
    leg.key_began = place.timestamp;
    leg.cursor.advance_to(place, tick_);
  } else {
    place = leg.cursor.next_at(leg.key_began);
    leg.cursor.leave_out(1);
  }
  TelephoneEvent event = packet.event;
  event.duration = static_cast<std::uint16_t>(event.duration * leg.connection->digits_units);
  send_now(leg,
           {.payload_type = *leg.connection->digits_payload_type,
            .marker = packet.is_first,
            .sequence = place.sequence,
            .timestamp = place.timestamp,
            .ssrc = leg.cursor.ssrc()},
           telephone_event_payload(event));
}

void LegSet::send_sound(Leg& leg, const RtpPlace& place, std::span<const std::uint8_t> payload) {
  const RtpHeader header{.payload_type = leg.connection->payload_type,
                         .marker = place.after_gap,
                         .sequence = place.sequence,
                         .timestamp = place.timestamp,
                         .ssrc = leg.cursor.ssrc()};
  note_sent(leg, header, payload);
  send_now(leg, header, payload);
}

void LegSet::send_now(Leg& leg, const RtpHeader& header, std::span<const std::uint8_t> payload) {
  // Written down before it is sent: a number that the peer has seen is never used again.
  record(leg);
  std::array<std::uint8_t, kRtpHeaderBytes> bytes{};
  write_header(leg, header, bytes);
  const bool taken = leg.socket.send(leg.latch.destination(), bytes, payload);
  MediaCounters::add(taken ? with_.counters.packets_out : with_.counters.dropped_unsent);
  ++leg.sent.packets;
  leg.sent.bytes += payload.size();
}

}  // namespace media
