// A configuration directory for this program: read, with its problems reported.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "base/result.h"
#include "core/configuration.h"

namespace app {

// Warnings are logged. Returns: every problem at once, one `file:line: error: text` per line, when
// the configuration is refused.
base::Result<core::Configuration> load_configuration(
    const std::filesystem::path& conf, const std::filesystem::path& data,
    const std::map<std::string, std::string>& globals);

// Where relative names of sounds begin: the global sound_prefix, as vanilla trees set it to the
// voice in use, else sounds_dir.
std::string sound_folder(const core::Configuration& configuration);

}  // namespace app
