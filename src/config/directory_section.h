// <section name="directory">: domains, groups and users (spec/11 §4).
#pragma once

#include <array>
#include <string_view>

#include "call/directory.h"
#include "config/element.h"
#include "config/problem.h"

namespace config {

// The <param>s of users, groups and domains that are read.
inline constexpr std::array<std::string_view, 4> kDirectoryParameters = {"a1-hash", "dial-string",
                                                                         "password", "vm-password"};

// Adds the section's users to `directory`. What a user does not write comes from its group, then
// from its domain.
void read_directory(const Element& section, call::Directory& directory, Problems& problems);

}  // namespace config
