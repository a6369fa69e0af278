// A 2xx for an INVITE that nobody here remembers: from another branch of a fork, or for a call of
// the process before a restart.
#pragma once

#include "sip/agent.h"
#include "sip/library.h"

namespace sip {

// Acknowledges it and ends the dialog with a BYE (RFC 3261 §13.2.2.4). Both go to who sent it and
// nowhere else, so that nobody can point us at others.
void end_stray_answer(Agent& agent, const sip_t& response, const HostPort& source);

}  // namespace sip
