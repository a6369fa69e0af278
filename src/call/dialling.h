// From an agent's contact to the phones that are called: expansion, users of the directory,
// registrations, profiles (spec/04 §4).
//
// What a destination stands for is asked when its turn comes: a phone that registers while another
// one rings is called.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "base/result.h"
#include "call/cause.h"
#include "call/dial_string.h"
#include "call/surroundings.h"
#include "call/turn.h"

namespace call {

// One phone that can be called.
struct Dialled {
  DialVariables variables;  // Weakest first.
  SofiaTarget target;
  const SipProfile* profile = nullptr;  // Lifetime: this turn.
};

// The destination is an extension of the dialplan.
struct DialledExtension {};

// A phone, an extension, other destinations that this one stands for (user/…), or why nobody can be
// called.
using Reached = std::variant<Dialled, DialledExtension, DialSequence, Cause>;

// The dial string that this contact is for this member, with a warning when it is none. Functions
// in the contact may change the calls.
base::Result<DialString, Cause> read_contact(const Turn& turn, Surroundings& around,
                                             const Leg& member, std::string_view contact);
// The same of one that is expanded already.
base::Result<DialString, Cause> read_dial_string(const Turn& turn, std::string_view text);

// Functions in a user's dial-string may change the calls.
Reached reach(const Turn& turn, Surroundings& around, const Leg& member,
              const Destination& destination);

}  // namespace call
