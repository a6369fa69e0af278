// Wrap-up: an agent's rest after a conversation, exact to the millisecond; 0 frees at once
// (spec/10 #23).
#pragma once

#include <optional>

#include "base/time.h"
#include "queue/records.h"

namespace queue {

// nullopt: the agent has not talked yet.
std::optional<base::Instant> wrap_up_ends(const Agent& agent);

}  // namespace queue
