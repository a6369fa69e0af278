// Settings of queues, agents and tiers from key=value options, in the XML's words.
#pragma once

#include "queue/settings.h"
#include "sim/words.h"

namespace sim {

// Each changes what is written and leaves the rest.
Complaint apply_options(const Options& options, queue::CallCenterSettings& settings);
Complaint apply_options(const Options& options, queue::QueueSettings& settings);
Complaint apply_options(const Options& options, queue::AgentSettings& settings);
Complaint apply_options(const Options& options, queue::TierSettings& settings);

}  // namespace sim
