// Queues come, change and go (spec/05 §3, spec/10 #12b, #34).
#pragma once

#include <string_view>

#include "queue/engine.h"
#include "queue/state.h"

namespace queue {

// Makes the queue what `settings` say, adding it when it is new, and looks again at everybody the
// change concerns. Warns about what this version does not do yet.
void apply_queue(Turn& turn, const QueueSettings& settings);

// Releases the members inside; nobody can join until the queue is loaded again. Conversations go
// on. An unknown queue is left as it is.
void unload_queue(Turn& turn, std::string_view name);

// Reads the queue again from the settings, with its agents and tiers; its counters start anew.
Change load_queue(Turn& turn, std::string_view name);

}  // namespace queue
