// Session timers (RFC 4028): what two sides agree on, and the header lines that say so.
//
// Pure. When something is due is the leg's business (refresh.cc).
#pragma once

#include <optional>

#include "base/esl_event.h"
#include "call/dialog_facts.h"
#include "call/sip_profile.h"
#include "sip/library.h"
#include "sip/transaction.h"

namespace sip {

// What a message says of it. "Client" is who sent the request.
struct SessionTerms {
  enum class Refresher { Unsaid, Client, Server };

  int seconds = 0;  // 0: nothing.
  int minimum_seconds = 0;
  Refresher refresher = Refresher::Unsaid;
  bool supported = false;  // Supported: timer
};
SessionTerms session_terms_of(const sip_t& message);

// The reply to a request that asks for too short a session.
std::optional<Reply> session_refusal(const call::SipProfile& profile, const SessionTerms& asked);

// Agrees to a request of the peer: with the first one, who is not told to refresh is us; with a
// later one, who it was so far.
void agree_to_request(const call::SipProfile& profile, const SessionTerms& asked,
                      call::DialogFacts& facts);
// Takes over what the peer's 2xx to our request says; without a word of it there is no timer.
void agree_to_answer(const call::SipProfile& profile, const SessionTerms& answered,
                     call::DialogFacts& facts);

// The lines of our 2xx.
base::Headers session_answer(const call::DialogFacts& facts);
// The lines of a request of ours: the INVITE, or with facts of a timer that runs, a refresh.
// `minimum_seconds` is what the peer's 422 asked for, or 0.
base::Headers session_request(const call::SipProfile& profile, const call::DialogFacts& facts,
                              int minimum_seconds);

// Whether the Allow header of a message names UPDATE.
bool allows_update(const sip_t& message);

}  // namespace sip
