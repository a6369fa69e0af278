// What a request must pass before a transaction or a leg is made for it.
#pragma once

#include <optional>
#include <string>

#include "sip/agent.h"
#include "sip/authentication.h"
#include "sip/library.h"
#include "sip/transaction.h"

namespace sip {

struct Screening {
  // Unanswerable: nobody to send even a refusal to; the request is dropped.
  enum class Verdict { Pass, Refuse, Unanswerable } verdict = Verdict::Pass;
  int status = 0;  // For Refuse.
};

// Also strips from the Via what would send our responses elsewhere than to the sender.
Screening screen(sip_t& request);

// Whether an INVITE outside a dialog may become a call.
struct CallAdmission {
  std::optional<Reply> refusal = {};
  std::string user = {};  // The directory user that it is of, or empty.
};
CallAdmission admit_call(const Authentication& authentication, const Agent& agent,
                         const sip_t& invite);

}  // namespace sip
