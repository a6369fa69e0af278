// The words of steps: what people and programs do in a scenario.
#pragma once

#include "queue/settings.h"
#include "sim/stage.h"
#include "sim/words.h"

namespace sim {

// Does what the words of a step say.
Complaint act(Stage& stage, const Words& words);

// `queue NAME …`, `tier QUEUE AGENT …`, `settings …`: in the set-up, and in steps with `becomes`.
Complaint change_settings(queue::CallCenterSettings& settings, const Words& words);

}  // namespace sim
