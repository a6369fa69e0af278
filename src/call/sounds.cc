#include "call/sounds.h"

#include "base/check.h"

namespace call {

base::PlaybackId play_sound(Turn& turn, Leg& leg, std::string_view source, Repeat repeat) {
  Sound sound;
  sound.playback = base::PlaybackId{++turn.state.playbacks};
  sound.source = source;
  sound.loop = repeat == Repeat::ForEver;
  turn.out.emplace_back(PlaySound{leg.id, sound.playback, sound.source, sound.loop});
  leg.hears = sound;
  return sound.playback;
}

void stop_sound(Turn& turn, Leg& leg) {
  if (!leg.hears) return;
  turn.out.emplace_back(StopSound{leg.id, leg.hears->playback});
  leg.hears.reset();
}

void connect_media(Turn& turn, Leg& leg) {
  CHECK(leg.media.theirs.has_value());
  ConnectMedia order;
  order.leg = leg.id;
  order.address = leg.media.theirs->address;
  order.port = leg.media.theirs->port;
  order.codec = leg.media.codec;
  order.digits_payload_type = leg.media.digits_payload_type;
  order.packet_ms = leg.media.packet_ms;
  order.direction = leg.media.direction;
  turn.out.emplace_back(std::move(order));
  leg.media.connected = true;
}

}  // namespace call
