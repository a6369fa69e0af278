// A call by TCP up to the ACK, for tests.
#pragma once

#include <string>

#include "sip/testing/rig.h"
#include "sip/testing/tcp_peer.h"

namespace sip::testing {

// The Contact of a phone that takes calls on the connection it keeps to us.
inline std::string contact_of(const TcpPeer& peer) {
  return "sip:1001@" + peer.address() + ";transport=tcp";
}

// The peer calls, and says that it is reached at `contact`.
inline Rig::Call call_of(Rig& rig, TcpPeer& peer, const std::string& contact) {
  peer.send(Draft{.contact = "<" + contact + ">", .body = kOffer});
  const auto invited = rig.reports.expect<call::LegInvited>();
  rig.stack->post(call::AnswerLeg{invited.leg, our_media()});
  const Message ok = peer.response("INVITE");
  Rig::Call call{invited.leg, ok.header("To"), Rig::uri_in(ok.header("Contact")), {}};
  peer.send(Draft{.method = "ACK", .uri = call.target, .to = call.to, .branch = "z9hG4bK-ack"});
  call.facts = rig.reports.expect<call::DialogChanged>().facts;
  rig.reports.expect<call::LegConfirmed>();
  return call;
}

}  // namespace sip::testing
