// What passes between the calls and the media folder. Values only; a leg is named by its id.
//
// One leg has one RTP port. It hears at most one thing at a time: the sound that was ordered last,
// or, while it is bridged, the other leg (a sound played to a bridged leg is heard instead of the
// other party until it ends); who speaks into that is said in eavesdrop_messages.h. What it hears
// has one SSRC with unbroken sequence numbers and timestamps through the whole life of the leg, a
// restart included.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/archive.h"
#include "base/ids.h"
#include "call/eavesdrop_messages.h"
#include "call/media_description.h"
#include "call/recording_messages.h"

namespace call {

// ---- reports: media → core ----------------------------------------------------------------------

struct MediaOpened {
  static constexpr std::string_view kName = "MediaOpened";
  base::LegId leg;
  std::uint16_t port = 0;
};

// No port could be had for this leg.
struct MediaFailed {
  static constexpr std::string_view kName = "MediaFailed";
  base::LegId leg;
  std::string why;
};

struct PlaybackEnded {
  static constexpr std::string_view kName = "PlaybackEnded";
  base::LegId leg;
  base::PlaybackId playback;
  enum class How { Finished, Unplayable } how = How::Finished;
  std::string why;  // For Unplayable: what is wrong with which file.
};

// The peer pressed a key (RFC 4733 telephone-event), reported once, when the event begins; or the
// tones of a key were heard, where the peer has no other way.
struct DigitReceived {
  static constexpr std::string_view kName = "DigitReceived";
  base::LegId leg;
  std::string digit;  // One of 0–9 * # A–D.
  enum class By { Event, Tone } by = By::Event;
};

// The peer, who should have sent something, was silent for the time that ConnectMedia named.
struct MediaTimedOut {
  static constexpr std::string_view kName = "MediaTimedOut";
  base::LegId leg;
};

// What went through a leg's port, as far as this process has carried it.
struct MediaStatistics {
  std::uint64_t in_packets = 0;
  std::uint64_t in_bytes = 0;  // Payload.
  std::uint64_t in_lost = 0;
  std::uint64_t in_digit_packets = 0;
  std::int64_t in_jitter_ms = 0;  // RFC 3550 §6.4.1, as it was in the end.
  std::uint64_t out_packets = 0;
  std::uint64_t out_bytes = 0;
  // What the peer says by RTCP of what it was sent, the last time it said something.
  std::uint64_t rtcp_packets = 0;
  std::int64_t out_lost = 0;
  std::int64_t out_jitter_ms = 0;
  std::int64_t round_trip_ms = 0;  // 0: not known.
};

// The port is free again: the reply to CloseMedia.
struct MediaClosed {
  static constexpr std::string_view kName = "MediaClosed";
  base::LegId leg;
  MediaStatistics statistics = {};
};

using MediaReport = std::variant<MediaOpened, MediaFailed, PlaybackEnded, DigitReceived,
                                 MediaTimedOut, MediaClosed, RecordingEnded>;

// ---- orders: core → media -----------------------------------------------------------------------

// Binds an RTP port on this address. Port 0: any free one of the configured range; otherwise this
// one (after a restart, with the counters that the ledger kept for it).
struct OpenMedia {
  static constexpr std::string_view kName = "OpenMedia";
  base::LegId leg;
  std::string address;
  std::uint16_t port = 0;
  int dscp = 46;  // What packets are marked with (RFC 2474).
};

// Where the peer listens and how; may come again when the peer changes its mind.
struct ConnectMedia {
  static constexpr std::string_view kName = "ConnectMedia";
  base::LegId leg;
  std::string address;
  std::uint16_t port = 0;
  Codec codec;                   // What the peer is sent.
  int digits_payload_type = -1;  // telephone-event toward the peer; -1: not offered.
  int digits_clock_rate = 8000;  // What its durations count.
  // What the peer may send beside these two: the numbers are those it was told, which may be others
  // than it told us (RFC 3264 §5.1).
  std::vector<Codec> hears = {};
  int packet_ms = 20;  // Of what the peer is sent; what it sends may be of any length.
  MediaDirection direction = MediaDirection::SendReceive;  // Ours: SendOnly when the peer holds.
  int silence_seconds = 0;  // After which MediaTimedOut is told, once; 0: never.
};

// Plays a sound source (spec/11 §2) to the leg, instead of what it plays now. A looping sound never
// ends by itself. Streams of one name are decoded once for all who listen.
struct PlaySound {
  static constexpr std::string_view kName = "PlaySound";
  base::LegId leg;
  base::PlaybackId playback;
  std::string sound;
  bool loop = false;
  std::string prefix = {};  // Where relative file names begin; empty: where all of them do.
};

// Stops this playback, if it still is the one playing. No report follows.
struct StopSound {
  static constexpr std::string_view kName = "StopSound";
  base::LegId leg;
  base::PlaybackId playback;
};

// Presses a key toward the peer by telephone-event (RFC 4733 §2.5). What the peer would hear
// meanwhile is left out; keys wait for each other. Nothing happens when the peer takes no events.
struct SendDigit {
  static constexpr std::string_view kName = "SendDigit";
  base::LegId leg;
  std::string digit;  // One of 0–9 * # A–D.
};

// From now on the two legs hear each other.
struct BridgeMedia {
  static constexpr std::string_view kName = "BridgeMedia";
  base::LegId first;
  base::LegId second;
};

struct UnbridgeMedia {
  static constexpr std::string_view kName = "UnbridgeMedia";
  base::LegId first;
  base::LegId second;
};

// Frees the port; MediaClosed follows. Orders for this leg that come later are ignored.
struct CloseMedia {
  static constexpr std::string_view kName = "CloseMedia";
  base::LegId leg;
};

using MediaOrder =
    std::variant<OpenMedia, ConnectMedia, PlaySound, StopSound, SendDigit, BridgeMedia,
                 UnbridgeMedia, CloseMedia, StartRecording, StopRecording, MaskRecording,
                 StartEavesdropping, StopEavesdropping, RemoveRecording>;

void describe(base::Archive& archive, MediaOpened& report);
void describe(base::Archive& archive, MediaFailed& report);
void describe(base::Archive& archive, PlaybackEnded& report);
void describe(base::Archive& archive, DigitReceived& report);
void describe(base::Archive& archive, MediaTimedOut& report);
void describe(base::Archive& archive, MediaStatistics& statistics);
void describe(base::Archive& archive, MediaClosed& report);

void describe(base::Archive& archive, OpenMedia& order);
void describe(base::Archive& archive, ConnectMedia& order);
void describe(base::Archive& archive, PlaySound& order);
void describe(base::Archive& archive, StopSound& order);
void describe(base::Archive& archive, SendDigit& order);
void describe(base::Archive& archive, BridgeMedia& order);
void describe(base::Archive& archive, UnbridgeMedia& order);
void describe(base::Archive& archive, CloseMedia& order);

}  // namespace call
