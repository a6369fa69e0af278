// What a queue records by itself (`record-template`, spec/04 §7): the member's leg, from the bridge
// to its end (spec/10 #61).
#pragma once

#include "call/surroundings.h"
#include "call/turn.h"

namespace call {

// An agent has answered: the template as the member sees it now is set as its `cc_record_filename`.
void name_recording(Turn& turn, Surroundings& around, const Offer& offer);

// The member is bridged: records into the file of that name, if its queue has a template.
void record_conversation(Turn& turn, Surroundings& around, const Offer& offer);

}  // namespace call
