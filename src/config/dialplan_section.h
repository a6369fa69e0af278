// <section name="dialplan">: contexts, extensions, conditions and actions, checked as far as that
// is possible without a call.
#pragma once

#include "config/element.h"
#include "config/problem.h"
#include "dialplan/dialplan.h"

namespace config {

// Adds the section's contexts to `dialplan`.
void read_dialplan(const Element& section, dialplan::Dialplan& dialplan, Problems& problems);

}  // namespace config
