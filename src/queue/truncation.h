// An operator's start with truncate-agents-on-load or truncate-tiers-on-load: what the API made is
// gone, and the configuration is applied as if for the first time (spec/01 §7).
#pragma once

#include "queue/settings.h"
#include "queue/state.h"

namespace queue {

// Applies `settings` after dropping what they say is to be dropped. Calls go on: an agent in an
// offer goes when it is over, unless the configuration brings it back.
void apply_configuration_anew(Turn& turn, const CallCenterSettings& settings);

}  // namespace queue
