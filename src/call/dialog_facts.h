// What must be known of a SIP dialog to go on with it in a new process (RFC 3261 §12).
//
// The sip folder reports these whenever they change; they belong to the saved state of a leg, and
// come back to sip in RestoreDialog after a restart. CSeq numbers are the last ones used.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/archive.h"

namespace call {

struct DialogFacts {
  std::string profile;  // Name of the SIP profile that carries the dialog.
  std::string call_id;
  std::string local_tag;
  std::string remote_tag;
  std::string local_address;        // Our From/To value without tag: "name" <sip:…>.
  std::string remote_address;       // The peer's.
  std::string remote_target;        // URI of the peer's Contact, where requests go.
  std::vector<std::string> routes;  // Route set, in the order of sending.
  std::uint32_t local_cseq = 0;
  std::uint32_t remote_cseq = 0;
  std::string source;          // "ip:port" from which the peer's messages came …
  bool over_tcp = false;       // … by TCP, else by UDP.
  bool caller_is_peer = true;  // The peer sent the INVITE that made the dialog.

  // Session timer (RFC 4028): without a sign of life for so long the call is over; 0: no timer.
  int session_seconds = 0;
  bool we_refresh = false;         // Else the peer gives that sign.
  bool peer_takes_update = false;  // It allows UPDATE (RFC 3311).
  std::string local_sdp;           // What we said last, to be repeated in a refresh.

  bool operator==(const DialogFacts&) const = default;
  // A dialog exists once both tags are known.
  bool established() const { return !local_tag.empty() && !remote_tag.empty(); }
};

inline void describe(base::Archive& archive, DialogFacts& facts) {
  archive.field("profile", facts.profile);
  archive.field("call_id", facts.call_id);
  archive.field("local_tag", facts.local_tag);
  archive.field("remote_tag", facts.remote_tag);
  archive.field("local_address", facts.local_address);
  archive.field("remote_address", facts.remote_address);
  archive.field("remote_target", facts.remote_target);
  archive.field("routes", facts.routes);
  archive.field("local_cseq", facts.local_cseq);
  archive.field("remote_cseq", facts.remote_cseq);
  archive.field("source", facts.source);
  archive.field("over_tcp", facts.over_tcp);
  archive.field("caller_is_peer", facts.caller_is_peer);
  archive.field("session_seconds", facts.session_seconds);
  archive.field("we_refresh", facts.we_refresh);
  archive.field("peer_takes_update", facts.peer_takes_update);
  archive.field("local_sdp", facts.local_sdp);
}

}  // namespace call
