// `ringmaster serve`: configuration, recovery, adapters and the loop, put together.
#pragma once

#include "app/options.h"

namespace app {

// Runs until SIGTERM or SIGINT. Prints one line `ready …` to standard output when calls are taken.
ExitCode serve(const ServeOptions& options);

}  // namespace app
