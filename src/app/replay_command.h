// `ringmaster replay`: what the journal tells, record by record, and whether it tells the same
// twice.
#pragma once

#include "app/options.h"

namespace app {

// With `verify` nothing is shown: everything is applied to two cores, whose commands must agree,
// and where the server wrote down its own state, theirs must be the same.
ExitCode replay(const ReplayOptions& options);

}  // namespace app
