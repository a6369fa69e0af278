// One leg of the RTP plane: its socket, its peer, its place in what it sends, what it hears.
//
// Plain data; the rules are in LegSet. Worker's thread only.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "base/ids.h"
#include "call/eavesdrop_messages.h"
#include "call/media_description.h"
#include "media/audio_codec.h"
#include "media/frame_coder.h"
#include "media/key_sender.h"
#include "media/key_tones.h"
#include "media/latch.h"
#include "media/leg_recorder.h"
#include "media/leg_tap.h"
#include "media/packetiser.h"
#include "media/reception.h"
#include "media/rtp_cursor.h"
#include "media/rtp_recutter.h"
#include "media/rtp_relay.h"
#include "media/sound_stream.h"
#include "media/stream_clock.h"
#include "media/telephone_event.h"
#include "media/udp_socket.h"

namespace media {

// What a payload type means that the peer may send.
struct Heard {
  std::uint8_t payload_type = 0;
  std::optional<AudioCodec> codec;  // nullopt: keys (RFC 4733).
};

// How the peer is to be spoken to and heard, from ConnectMedia.
struct Connection {
  AudioCodec codec = AudioCodec::Pcmu;
  std::uint8_t payload_type = 0;
  std::optional<std::uint8_t> digits_payload_type;
  std::uint32_t digits_units = 1;  // What durations of keys count in one of our samples.
  std::vector<Heard> hears;        // Of each payload type the first counts.
  call::MediaDirection direction = call::MediaDirection::SendReceive;
  std::chrono::seconds silence_max{0};  // 0: it may be silent for ever.

  // Whether the peer may tell keys by packets of their own.
  bool takes_keys() const {
    return std::any_of(hears.begin(), hears.end(), [](const Heard& one) { return !one.codec; });
  }
  bool may_send() const {
    return direction == call::MediaDirection::SendReceive ||
           direction == call::MediaDirection::SendOnly;
  }
  // nullptr for what was not agreed.
  const Heard* find_heard(std::uint8_t type) const {
    const auto found = std::find_if(hears.begin(), hears.end(),
                                    [&](const Heard& heard) { return heard.payload_type == type; });
    return found == hears.end() ? nullptr : &*found;
  }
  bool may_receive() const {
    return direction == call::MediaDirection::SendReceive ||
           direction == call::MediaDirection::ReceiveOnly;
  }
};

// A sound that this leg hears.
struct Playback {
  base::PlaybackId id;
  std::shared_ptr<SoundStream> stream;  // Owned with all others who listen to it.
};

// What a leg listens to instead of being bridged (eavesdrop_messages.h).
struct Listening {
  base::LegId watched;
  call::HeardBy heard_by = call::HeardBy::Nobody;
};

// What went one way, in packets of sound, their payloads, and packets of keys.
struct Traffic {
  std::uint64_t packets = 0;
  std::uint64_t bytes = 0;
  std::uint64_t digit_packets = 0;
};

// RTCP of a leg, on the port behind its own.
struct Rtcp {
  std::optional<UdpSocket> socket = {};  // None when the port was taken.
  Endpoint destination = {};             // Where the peer's came from.
  Tick due = 0;
  std::uint64_t received = 0;
  std::uint32_t last_report = 0;  // The peer's last sender report, for ours.
  TimePoint last_report_at{};
  // What the peer said of what it hears.
  std::int64_t lost = 0;
  std::int64_t jitter_ms = 0;
  std::int64_t round_trip_ms = 0;
};

struct Leg {
  base::LegId id;
  UdpSocket socket;
  std::uint16_t port = 0;
  RtpCursor cursor;

  std::optional<Connection> connection = {};
  Latch latch = {};
  TimePoint heard_at{};    // The peer's last packet, or when it was told to send.
  StreamClock clock = {};  // Of what comes.
  Reception reception = {};
  Traffic heard = {};
  Traffic sent = {};
  Rtcp rtcp = {};
  DigitWatch digits = {};
  std::unique_ptr<KeyTones> key_tones = {};  // None for a peer that can tell its keys otherwise.
  KeySender keys = {};                       // Those that we press toward the peer.
  std::uint32_t key_began = 0;               // Timestamp of the key that is being sent.

  std::optional<Playback> playback = {};
  Packetiser frames{kFrameSamples};  // Of the playback, on their way into packets.
  base::LegId bridged_with = {};     // None: not bridged.
  // Of what the other leg of the bridge says, to this one: packets that can be sent on as they
  // are, and since the first that could not, all of them.
  RtpRelay relay = {};
  RtpRecutter recutter{kFrameSamples};

  std::unique_ptr<LegRecorder> recorder = {};  // None while it is not recorded.

  std::optional<Listening> listens = {};
  std::unique_ptr<LegTap> tap = {};  // None while nobody wants its sound.
  // Those who listen and speak into what it hears.
  std::vector<base::LegId> speakers = {};
  // The other leg of the bridge speaks what cannot be rewritten packet by packet: from the first
  // such packet until one of them changes.
  bool is_transcoded = false;
  // Either of the two: we make what it is sent, by the tick.
  bool is_mixed = false;
  FrameCoder coder = {};  // Of mixed sound to it.

  // Whether the other party's keys are pressed anew toward this one. Packets of keys cannot stand
  // among those that we make, and durations are not the same everywhere.
  bool is_pressed_anew() const {
    return is_mixed || (connection && !is_cuttable(connection->codec));
  }

  // Something else is heard than the other leg of the bridge.
  void interrupt_relay() {
    relay.interrupt();
    recutter.interrupt();
  }
};

}  // namespace media
