// One leg of the RTP plane: its socket, its peer, its place in what it sends, what it hears.
//
// Plain data; the rules are in LegSet. Worker's thread only.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "base/ids.h"
#include "call/media_description.h"
#include "media/audio_codec.h"
#include "media/latch.h"
#include "media/rtp_cursor.h"
#include "media/rtp_relay.h"
#include "media/sound_stream.h"
#include "media/telephone_event.h"
#include "media/udp_socket.h"

namespace media {

// How the peer is to be spoken to, from ConnectMedia.
struct Connection {
  AudioCodec codec = AudioCodec::Pcmu;
  std::uint8_t payload_type = 0;
  std::optional<std::uint8_t> digits_payload_type;
  call::MediaDirection direction = call::MediaDirection::SendReceive;

  bool may_send() const {
    return direction == call::MediaDirection::SendReceive ||
           direction == call::MediaDirection::SendOnly;
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

struct Leg {
  base::LegId id;
  UdpSocket socket;
  std::uint16_t port = 0;
  RtpCursor cursor;

  std::optional<Connection> connection = {};
  Latch latch = {};
  DigitWatch digits = {};

  std::optional<Playback> playback = {};
  base::LegId bridged_with = {};  // None: not bridged.
  RtpRelay relay = {};            // Of what the other leg of the bridge says, to this one.
};

}  // namespace media
