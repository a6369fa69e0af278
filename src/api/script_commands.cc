#include "api/script_commands.h"

#include "base/text.h"
#include "call/script_messages.h"

namespace api {

std::string luarun(std::string_view arguments, Targets& targets) {
  const std::string command(base::trim(arguments));
  if (command.empty()) return "-USAGE: <script> [<arguments>]\n";
  targets.call_out.emplace_back(
      call::StartScript{.script = {}, .leg = {}, .uuid = {}, .command = command});
  return "+OK\n";
}

}  // namespace api
