#include "app/script_commands.h"

#include "base/text.h"

namespace app {

std::optional<ScriptCommand> script_command(std::string_view command) {
  command = base::trim(command);
  const std::size_t blank = std::min(command.find(' '), command.size());
  const std::string_view name = command.substr(0, blank);
  const std::string rest(base::trim(command.substr(blank)));
  if (base::equal_ignoring_case(name, "luarun"))
    return ScriptCommand{lua::Invoked::How::Started, rest};
  if (base::equal_ignoring_case(name, "lua"))
    return ScriptCommand{lua::Invoked::How::Finished, rest};
  return std::nullopt;
}

lua::Options script_options(const core::Configuration& configuration) {
  const auto& settings = configuration.scripts;
  const auto folder = configuration.globals.find("script_dir");
  const auto bytes = [](int megabytes) { return static_cast<std::size_t>(megabytes) << 20; };
  return {.folder = folder == configuration.globals.end() ? "scripts" : folder->second,
          .libraries = {settings.libraries.begin(), settings.libraries.end()},
          .limits = {.bytes_max = bytes(settings.megabytes_max),
                     .bytes_of_all_max = bytes(settings.megabytes_of_all_max),
                     .scripts_max = static_cast<std::size_t>(settings.scripts_max),
                     .busy_max = std::chrono::milliseconds(settings.busy_ms_max)}};
}

}  // namespace app
