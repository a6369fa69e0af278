// `ringmaster replay DATA --conf OTHER`: how the callers of a journal would have fared under
// another configuration.
#pragma once

#include "app/options.h"

namespace app {

// Prints three tables: what was, the same as the model plays it, and what the other configuration
// makes of it. How far the first two lie apart tells how much the third can be believed.
ExitCode what_if(const ReplayOptions& options);

}  // namespace app
