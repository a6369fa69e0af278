// `ringmaster drain`: asks a running server to take no new calls and to end after the last one, and
// says how far it is. It asks over the event socket, as the console does.
#pragma once

#include "app/options.h"

namespace app {

// Waits until the server has ended, unless the options say otherwise. Returns: Failed when the
// server cannot be asked, or when somebody took the drain back meanwhile.
ExitCode drain(const DrainOptions& options);

}  // namespace app
