// `ringmaster console`: commands to a running server over its event socket.
#pragma once

#include "app/options.h"

namespace app {

// Prints the reply of each command. Fails when the server cannot be reached or refuses the
// password, or, with one command, when its reply begins with -ERR.
ExitCode console(const ConsoleOptions& options);

}  // namespace app
