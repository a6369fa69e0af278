// Brings waiting members and ready agents together.
#pragma once

#include "queue/state.h"

namespace queue {

// Offers members to agents until nobody can be offered any more: over all queues the member with
// the best score first (spec/03 §1). Only the queues that the turn touched are looked at, because
// in all others nothing was possible before.
void dispatch(Turn& turn);

}  // namespace queue
