// <section name="directory">: domains, groups and users (spec/11 §4).
#pragma once

#include "call/directory.h"
#include "config/element.h"
#include "config/problem.h"

namespace config {

// Adds the section's users to `directory`. What a user does not write comes from its group, then
// from its domain.
void read_directory(const Element& section, call::Directory& directory, Problems& problems);

}  // namespace config
