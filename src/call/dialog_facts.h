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
  std::string source;          // "ip:port" from which the peer's messages came.
  bool caller_is_peer = true;  // The peer sent the INVITE that made the dialog.

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
  archive.field("caller_is_peer", facts.caller_is_peer);
}

}  // namespace call
