// A new process has taken over the state: the sockets and transactions of the old one are gone, the
// dialogs stand (design.md §7).
#pragma once

#include "call/turn.h"

namespace call {

// Answered legs get their dialog, their RTP port and what they heard back. Legs that were being
// ended are ended again. What was not answered cannot be saved, because its transaction died: an
// agent's leg fails as cancelled, so that its member is offered anew, and a caller's leg ends.
void restart_legs(Turn& turn);

}  // namespace call
