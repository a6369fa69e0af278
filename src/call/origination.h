// Calls that a command makes (originate): a dial string is called as an agent's contact is, with
// its groups, races and limits, but for nobody. The leg that answers first runs an application;
// with `transfer` it goes to an extension.
//
//   originate ─► Offer with an Origination ─► phones ring ─┬─► the first answer: its application
//                                                         └─► nobody is left
//   either way Originated tells the outcome, once
#pragma once

#include <string>

#include "call/surroundings.h"
#include "call/turn.h"

namespace call {

struct OriginateWanted {
  std::string dial_string;
  Origination then;
  // What phones show; a dial string's origination_caller_id_… go before it.
  std::string cid_name;
  std::string cid_number;
  int timeout_seconds = 60;
};

// Returns: the number that Originated will bear; it may come within this turn.
base::OfferId originate(Turn& turn, Surroundings& around, const OriginateWanted& wanted);

// The number of an offer that is none of the queue engine's.
base::OfferId next_own_offer(Turn& turn);

// Stands for the caller where there is none.
const Leg& nobody();

// The leg that has answered first. The others of its offer know already.
void originated_leg_answers(Turn& turn, base::OfferId id, Leg& leg);

// The offer's outcome for whoever asked. Requires: it has an Origination.
void tell_failure(Turn& turn, const Offer& offer);

}  // namespace call
