// `ringmaster console`: commands to a running server over its event socket.
#pragma once

#include "app/options.h"

namespace app {

// At a terminal lines are edited, completed and remembered; from elsewhere they are read one by
// one. Prints the reply of each command. Fails when the server cannot be reached, refuses the
// password or ends the connection, or, with one command, when its reply says that it failed.
ExitCode console(const ConsoleOptions& options);

}  // namespace app
