// What follows luarun or lua: a script and its arguments, and where the script is.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace lua {

struct CommandLine {
  std::string script;
  std::vector<std::string> arguments;
};

// More words than this are no arguments of a script.
inline constexpr std::size_t kArgumentsMax = 1'000;

// Words with blanks between; single quotes group and are removed. Never fails: what is too much is
// left out, and without a word there is no script.
CommandLine parse_command_line(std::string_view text);

// The file of a script: `name` is relative to the folder, or absolute and inside it. Links are
// followed first, so nothing leads out. Returns: why there is none.
base::Result<std::filesystem::path> find_script(const std::filesystem::path& folder,
                                                const std::string& name);

}  // namespace lua
