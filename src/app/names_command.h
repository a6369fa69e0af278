// `ringmaster names`: every name that users of the server can write or read, from the tables by
// which it parses and dispatches. tests/integration/test_reference.py holds docs/reference to it.
#pragma once

#include "app/options.h"

namespace app {

// Prints a line for each: its kind, a tab, the name.
ExitCode names();

}  // namespace app
