// From an agent's contact to the one phone that is called: expansion, users of the directory,
// registrations, profiles (spec/04 §4).
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "call/cause.h"
#include "call/dial_string.h"
#include "call/surroundings.h"
#include "call/turn.h"

namespace call {

struct Dialled {
  DialVariables variables;  // Weakest first.
  SofiaTarget target;
  const SipProfile* profile = nullptr;  // Lifetime: this turn.
};

// Who is called by this contact. It is expanded with the member's variables. Of several
// destinations the first one is called, with a warning. Returns: the cause when nobody can be.
base::Result<Dialled, Cause> dial(const Turn& turn, Surroundings& around, const Leg& member,
                                  std::string_view contact);

}  // namespace call
