// What a message says, as the values that reports are made of. Pure reading; the screening of
// hostile messages happens here: only sip: URIs may be followed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "call/sip_messages.h"
#include "sip/agent.h"
#include "sip/transaction.h"

namespace sip {

// The SDP of a message: nothing when it has none or an unusable one.
std::optional<call::MediaDescription> media_of(const sip_t& message);

struct Offer {
  std::optional<call::MediaDescription> media;  // nullopt: no SDP in the request.
  std::size_t audio_line = 0;
};
// The SDP of a request, or the reply that refuses it: 415, 400 or 488.
base::Result<Offer, Reply> offer_of(const sip_t& request);

// Where the requests of a dialog go: the Contact and the Record-Route of a message.
struct DialogPath {
  std::string target;               // Empty: the message has no Contact.
  std::vector<std::string> routes;  // In the order of sending.
};
// A request is read forwards, a response backwards (RFC 3261 §12.1).
enum class Reading { Forwards, Backwards };
// Returns: nullopt when one of the URIs is no SIP URI, or there are too many or too long ones.
std::optional<DialogPath> path_of(const sip_t& message, Reading reading);

// The dialog that an INVITE of a peer makes, without our tag.
// Returns: nullopt when the INVITE lacks a Contact or holds what must not be followed or kept.
std::optional<call::DialogFacts> facts_of(const Agent& agent, const sip_t& invite,
                                          const HostPort& source);

// What an answer to this INVITE from a new process would need; our tag is left for the caller.
call::ReceivedInvite received_of(const sip_t& invite);

// The key that an INFO tells.
std::optional<std::string> digit_of(const sip_t& info);

// The report of a new INVITE; leg, offer, facts and auth_user are left for the caller.
call::LegInvited invited_of(const Agent& agent, const sip_t& invite, const HostPort& source);

}  // namespace sip
