// An INVITE without a final response, as far as a new process must know it to end it: ours, so that
// a phone can be told to stop ringing, or a peer's, so that a caller gets an answer.
//
// Reported by sip, kept with the leg, and given back with RestoreInvite. What the dialog's facts
// say (Call-ID, tags, addresses) is not repeated here.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/archive.h"

namespace call {

struct SentInvite {
  // Of its Via: who gets a CANCEL knows by it which INVITE is meant (RFC 3261 §9.1).
  std::string branch;
  std::uint32_t cseq = 0;
  std::string destination;  // "ip:port" or "ip:port;transport=tcp": where it went.

  bool operator==(const SentInvite&) const = default;
};

struct ReceivedInvite {
  std::string request_uri;
  // Values of its Via headers, the last hop first, with what we have added (received, rport): a
  // response goes back along them (RFC 3261 §18.2.2). Empty: there were too many to be kept.
  std::vector<std::string> vias;
  std::uint32_t cseq = 0;
  std::string local_tag;         // Ours, in every response to it.
  std::uint64_t audio_line = 0;  // Which media line of its SDP is the audio.

  bool operator==(const ReceivedInvite&) const = default;
};

inline void describe(base::Archive& archive, SentInvite& invite) {
  archive.field("branch", invite.branch);
  archive.field("cseq", invite.cseq);
  archive.field("destination", invite.destination);
}

inline void describe(base::Archive& archive, ReceivedInvite& invite) {
  archive.field("request_uri", invite.request_uri);
  archive.field("vias", invite.vias);
  archive.field("cseq", invite.cseq);
  archive.field("local_tag", invite.local_tag);
  archive.field("audio_line", invite.audio_line);
}

}  // namespace call
