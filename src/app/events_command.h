// `ringmaster events`: what the server has told its clients, once more, out of the journal.
#pragma once

#include "app/options.h"

namespace app {

// Prints the events behind `since` in their order. Fails when a journal cannot be read. Those that
// are no longer kept are counted on standard error.
ExitCode events(const EventsOptions& options);

}  // namespace app
