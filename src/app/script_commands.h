// The commands luarun and lua, answered beside the core: scripts are no part of its state.
//
//   luarun SCRIPT [ARGUMENTS]   starts a script; +OK at once
//   lua SCRIPT [ARGUMENTS]      the reply is what the script writes through `stream`
//
// A dialplan's ${luarun(…)} is the core's own (api/script_commands.h), which orders the same.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "core/configuration.h"
#include "lua/options.h"
#include "lua/runner.h"

namespace app {

// That the core does not know too.
inline constexpr std::array<std::string_view, 1> kScriptCommands = {"lua"};

struct ScriptCommand {
  lua::Invoked::How how = lua::Invoked::How::Started;
  std::string command;  // The script and its arguments.
};

// nullopt: it is another command.
std::optional<ScriptCommand> script_command(std::string_view command);

lua::Options script_options(const core::Configuration& configuration);

}  // namespace app
