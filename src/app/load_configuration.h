// A configuration directory for this program: read, with its problems reported.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "app/options.h"
#include "base/result.h"
#include "core/configuration.h"

namespace app {

// Warnings are logged. Returns: every problem at once, one `file:line: error: text` per line, when
// the configuration is refused.
base::Result<core::Configuration> load_configuration(
    const std::filesystem::path& conf, const std::filesystem::path& data,
    const std::map<std::string, std::string>& globals);

// `ringmaster check`: prints errors, warnings and a closing line.
ExitCode check(const CheckOptions& options);

}  // namespace app
