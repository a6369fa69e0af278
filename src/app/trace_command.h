// `ringmaster trace`: what a running server sent and received by SIP, as a ladder or as a capture
// file.
#pragma once

#include "app/options.h"

namespace app {

// Fails when the server cannot be reached or the file cannot be written.
ExitCode trace(const TraceOptions& options);

}  // namespace app
