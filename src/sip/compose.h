// Requests of ours as messages of the library, made from dialog facts: what is saved is exactly
// what is sent from, so a dialog goes on after a restart as if nothing had been.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/esl_event.h"
#include "call/dialog_facts.h"
#include "call/open_invite.h"
#include "sip/agent.h"
#include "sip/library.h"

namespace sip {

struct Request {
  sip_method_t method = sip_method_options;
  std::uint32_t cseq = 1;
  base::Headers headers = {};     // Beside those of the dialog.
  std::string sdp = {};           // Empty: no body …
  std::string content_type = {};  // … or another body, of this type.
  std::string body = {};
  int max_forwards = 70;
};

// A request of a dialog, or with an empty remote tag the INVITE that is to make one.
// Returns: null when the library cannot parse what it is made of.
MessagePtr compose(Agent& agent, const call::DialogFacts& facts, const Request& request);

// An INVITE of a peer as it came, as far as answers to it need it.
// Returns: null when the library cannot parse what it is made of.
MessagePtr compose_received(Agent& agent, const call::DialogFacts& facts,
                            const call::ReceivedInvite& invite);

const char* method_name(sip_method_t method);

}  // namespace sip
