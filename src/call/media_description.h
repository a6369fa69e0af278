// What an SDP says about audio, free of its spelling.
//
// The sip folder parses and prints SDP with the library; the core negotiates on these values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/archive.h"

namespace call {

struct Codec {
  int payload_type = 0;    // 0–127, RFC 3551 or dynamic.
  std::string name;        // Encoding name as in a=rtpmap, e.g. "PCMU", "telephone-event".
  int clock_rate = 8000;   // Hz.
  std::string parameters;  // The a=fmtp text behind the payload type, or empty.

  bool operator==(const Codec&) const = default;
};

enum class MediaDirection { SendReceive, SendOnly, ReceiveOnly, Inactive };

// The first audio line of an SDP, and the other lines that an answer must refuse with port 0.
struct MediaDescription {
  std::string address;        // IP literal of c=.
  std::uint16_t port = 0;     // 0: the audio line is refused or missing.
  std::vector<Codec> codecs;  // In the order of preference of who sent it.
  MediaDirection direction = MediaDirection::SendReceive;
  int packet_ms = 20;                    // a=ptime, 10–60: the length it wants to receive …
  int packet_ms_max = 0;                 // … and a=maxptime, the longest it can; 0: not said.
  std::uint64_t session_id = 0;          // o= line, ours only: kept through the life of a leg …
  std::uint64_t session_version = 0;     // … and counted up with every change.
  std::vector<std::string> other_lines;  // "video RTP/AVP 96": media other than the first audio.

  bool operator==(const MediaDescription&) const = default;
};

inline void describe(base::Archive& archive, Codec& codec) {
  archive.field("payload_type", codec.payload_type);
  archive.field("name", codec.name);
  archive.field("clock_rate", codec.clock_rate);
  archive.field("parameters", codec.parameters);
}

inline void describe(base::Archive& archive, MediaDescription& media) {
  archive.field("address", media.address);
  archive.field("port", media.port);
  archive.field("codecs", media.codecs);
  archive.field("direction", media.direction);
  archive.field("packet_ms", media.packet_ms);
  archive.field("packet_ms_max", media.packet_ms_max);
  archive.field("session_id", media.session_id);
  archive.field("session_version", media.session_version);
  archive.field("other_lines", media.other_lines);
}

}  // namespace call
