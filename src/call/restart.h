// A new process has taken over the state: the sockets and transactions of the old one are gone, the
// dialogs stand (design.md §7).
#pragma once

#include "call/turn.h"

namespace call {

// Answered legs get their dialog, their RTP port and what they heard back; a 200 that was not
// confirmed is sent again. Legs that were being ended are ended again. What was not answered is
// ended as what it was: an agent's leg is cancelled, so that its member is offered anew, and a
// caller is refused.
void restart_legs(Turn& turn);

}  // namespace call
