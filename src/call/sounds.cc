#include "call/sounds.h"

#include <string>
#include <utility>

#include "base/check.h"
#include "base/text.h"
#include "call/channel_data.h"
#include "call/collecting.h"
#include "call/sound_line.h"

namespace call {

namespace {

// What the original calls the kind of a sound: its scheme, or "file".
std::string_view type_of(std::string_view source) {
  const std::size_t scheme = source.find("://");
  return scheme == std::string_view::npos ? "file" : source.substr(0, scheme);
}

base::Headers headers_of(const Sound& sound) {
  return {{"Playback-File-Path", sound.source},
          {"Playback-File-Type", std::string(type_of(sound.source))}};
}

// Voices in several languages lie side by side: a call says which is its own.
std::string prefix_of(const Leg& leg) {
  const std::string* own = leg.variables.find("sound_prefix");
  return own == nullptr ? std::string() : *own;
}

base::PlaybackId start(Turn& turn, Leg& leg, std::string_view source, Repeat repeat) {
  sound_over(turn, leg, "break");
  Sound sound;
  sound.playback = base::PlaybackId{++turn.state.playbacks};
  sound.source = source;
  sound.loop = repeat == Repeat::ForEver;
  turn.out.emplace_back(play_order(leg, sound));
  leg.hears = sound;
  publish(turn, leg, "PLAYBACK_START", headers_of(sound));
  return sound.playback;
}

// What the leg heard before the asides. An application that waits for its sound waits for the new
// playback from now on.
void resume(Turn& turn, Leg& leg) {
  const std::optional<Sound> before = std::exchange(leg.asides.interrupted, std::nullopt);
  if (auto* waiting = std::get_if<InQueue>(&leg.execution.running)) {
    // An announcement that was interrupted comes again in its time.
    waiting->announcement = {};
    if (!waiting->music.empty()) start(turn, leg, waiting->music, Repeat::ForEver);
    return;
  }
  if (!before) return;
  const auto playback =
      start(turn, leg, before->source, before->loop ? Repeat::ForEver : Repeat::Once);
  if (leg.runs<Playing>()) leg.execution.running = Playing{playback};
  playback_renewed(leg, before->playback, playback);
  if (SoundLine* line = line_of(leg)) line->playback = playback;
  if (auto* prompted = std::get_if<Prompted>(&leg.execution.running)) prompted->playback = playback;
}

void play_next(Turn& turn, Leg& leg) {
  leg.asides.playing.reset();
  if (leg.asides.waiting.empty()) return resume(turn, leg);
  const std::string source = std::move(leg.asides.waiting.front());
  leg.asides.waiting.erase(leg.asides.waiting.begin());
  leg.asides.playing = start(turn, leg, source, Repeat::Once);
}

}  // namespace

PlaySound play_order(const Leg& leg, const Sound& sound) {
  return {.leg = leg.id,
          .playback = sound.playback,
          .sound = sound.source,
          .loop = sound.loop,
          .prefix = prefix_of(leg)};
}

void sound_over(Turn& turn, Leg& leg, std::string_view status) {
  if (!leg.hears) return;
  base::Headers headers = headers_of(*leg.hears);
  headers.emplace_back("Playback-Status", status);
  leg.hears.reset();
  publish(turn, leg, "PLAYBACK_STOP", headers);
}

base::PlaybackId play_sound(Turn& turn, Leg& leg, std::string_view source, Repeat repeat) {
  leg.asides = {};
  return start(turn, leg, source, repeat);
}

void stop_sound(Turn& turn, Leg& leg) {
  leg.asides = {};
  if (!leg.hears) return;
  turn.out.emplace_back(StopSound{leg.id, leg.hears->playback});
  sound_over(turn, leg, "break");
}

bool play_aside(Turn& turn, Leg& leg, std::string_view source) {
  if (leg.asides.waiting.size() >= kAsidesMax) return false;
  leg.asides.waiting.emplace_back(source);
  if (leg.asides.playing) return true;
  leg.asides.interrupted = leg.hears;
  play_next(turn, leg);
  return true;
}

void play_background(Turn& turn, Leg& leg, std::string_view source) {
  if (!leg.asides.playing) {
    start(turn, leg, source, Repeat::ForEver);
    return;
  }
  leg.asides.interrupted = Sound{.playback = {}, .source = std::string(source), .loop = true};
}

void stop_background(Turn& turn, Leg& leg) {
  if (!leg.asides.playing) return stop_sound(turn, leg);
  leg.asides.interrupted.reset();
}

bool aside_ended(Turn& turn, Leg& leg, base::PlaybackId playback) {
  if (leg.asides.playing != playback) return false;
  play_next(turn, leg);
  return true;
}

bool break_aside(Turn& turn, Leg& leg, BreakOff what) {
  if (!leg.asides.playing) return false;
  if (what == BreakOff::All) leg.asides.waiting.clear();
  turn.out.emplace_back(StopSound{leg.id, *leg.asides.playing});
  sound_over(turn, leg, "break");
  play_next(turn, leg);
  return true;
}

namespace {

// A day, as the queue's own times.
constexpr std::int64_t kSilenceSecondsMax = 86'400;

int seconds_of(const Leg& leg, std::string_view name, int otherwise) {
  const std::string* own = leg.variables.find(name);
  if (own == nullptr) return otherwise;
  const std::int64_t seconds = base::lenient_integer(*own);
  return seconds < 0 || seconds > kSilenceSecondsMax ? 0 : static_cast<int>(seconds);
}

// Only who has been answered and is to send something can be too silent.
int silence_for(const Leg& leg) {
  if (!leg.answered_at) return 0;
  const MediaDirection direction = leg.media.direction;
  if (direction == MediaDirection::SendReceive) {
    return seconds_of(leg, "rtp_timeout_sec", leg.media.silence_seconds);
  }
  const bool holds = direction == MediaDirection::ReceiveOnly;
  return holds ? seconds_of(leg, "rtp_hold_timeout_sec", leg.media.hold_silence_seconds) : 0;
}

void set_media_variables(Leg& leg) {
  const LegMedia& media = leg.media;
  Variables& variables = leg.variables;
  variables.set("local_media_ip", media.address);
  variables.set("advertised_media_ip",
                media.told_address.empty() ? media.address : media.told_address);
  variables.set("local_media_port", std::to_string(media.port));
  variables.set("remote_media_ip", media.theirs->address);
  variables.set("remote_media_port", std::to_string(media.theirs->port));
  variables.set("read_codec", media.codec.name);
  variables.set("write_codec", media.codec.name);
  variables.set("rtp_use_codec_name", media.codec.name);
  variables.set("rtp_use_codec_rate", std::to_string(media.codec.clock_rate));
  variables.set("rtp_use_codec_ptime", std::to_string(media.packet_ms));
}

}  // namespace

void connect_media(Turn& turn, Leg& leg) {
  CHECK(leg.media.theirs.has_value());
  ConnectMedia order;
  order.leg = leg.id;
  order.address = leg.media.theirs->address;
  order.port = leg.media.theirs->port;
  order.codec = leg.media.codec;
  order.digits_payload_type = leg.media.digits_payload_type;
  order.digits_clock_rate = leg.media.digits_clock_rate;
  order.hears = leg.media.hears;
  order.packet_ms = leg.media.packet_ms;
  order.direction = leg.media.direction;
  order.silence_seconds = silence_for(leg);
  turn.out.emplace_back(std::move(order));
  leg.media.connected = true;
  set_media_variables(leg);
}

void set_media_timeouts(Leg& leg, const SipProfile& profile) {
  leg.media.silence_seconds = profile.rtp_timeout_seconds;
  leg.media.hold_silence_seconds = profile.rtp_hold_timeout_seconds;
}

}  // namespace call
