// Sounds to legs: one frame of every stream per tick, encoded once, sent to all who listen.
#include "media/leg_set.h"

namespace media {

void LegSet::play() {
  for (auto& [id, leg] : legs_) {
    if (leg.playback) play_to(leg);
  }
}

void LegSet::play_to(Leg& leg) {
  SoundStream& stream = *leg.playback->stream;
  const SoundStream::State state = stream.advance(tick_);
  if (state == SoundStream::State::Loading) return;
  if (state == SoundStream::State::Playing) return send_frame(leg, stream);

  const bool finished = state == SoundStream::State::Ended;
  with_.reports.send(call::PlaybackEnded{
      .leg = leg.id,
      .playback = leg.playback->id,
      .how = finished ? call::PlaybackEnded::How::Finished : call::PlaybackEnded::How::Unplayable,
      .why = stream.why()});
  leg.playback.reset();
}

// A leg that may not be sent to lets its sound pass unheard, so that the end comes all the same.
void LegSet::send_frame(Leg& leg, SoundStream& stream) {
  leg.relay.interrupt();
  if (!leg.connection || !leg.connection->may_send()) return;
  const RtpPlace place = leg.cursor.next(tick_);
  leg.cursor.advance_to(place, tick_);
  record(leg);

  std::array<std::uint8_t, kRtpHeaderBytes> header{};
  write_rtp_header({.payload_type = leg.connection->payload_type,
                    .marker = place.after_gap,
                    .sequence = place.sequence,
                    .timestamp = place.timestamp,
                    .ssrc = leg.cursor.ssrc()},
                   header);
  const auto payload = stream.payload(leg.connection->codec);
  const bool taken = leg.socket.send(leg.latch.destination(), header, payload);
  MediaCounters::add(taken ? with_.counters.packets_out : with_.counters.dropped_unsent);
}

}  // namespace media
