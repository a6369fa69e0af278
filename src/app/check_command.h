// `ringmaster check DIR`: what of a configuration is used, what is not and why, what cannot work.
#pragma once

#include "app/options.h"

namespace app {

// One line per finding, `file:line: error|warning|note|used: text`, and a line that sums them up.
// Returns: ConfigurationRefused when something cannot work, be it the whole or one extension.
ExitCode check(const CheckOptions& options);

}  // namespace app
