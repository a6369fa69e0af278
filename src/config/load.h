// A configuration directory of the original's shape: XML in, a validated configuration or all of
// its problems out.
//
// Reads files and asks the host for its name and address; nothing else. Any thread.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "config/problem.h"
#include "core/configuration.h"

namespace config {

struct Loaded {
  core::Configuration configuration;  // To be used only when ok().
  std::vector<Problem> problems;      // In the order of reading.

  bool ok() const;
};

// `directory`/ringmaster.xml, or freeswitch.xml when there is none.
std::filesystem::path main_file(const std::filesystem::path& directory);

// Reads the main file with all that it includes. `overrides` are $${…}
// variables that win over what the files set.
Loaded load(const std::filesystem::path& directory,
            const std::map<std::string, std::string>& overrides);

}  // namespace config
