#include "app/doctor_command.h"

#include <fmt/format.h>

#include "app/console.h"

namespace app {

ExitCode doctor(const DoctorOptions& options) {
  ConsoleOptions console_options = options.server;
  console_options.command = kDoctorCommand;
  return console(console_options);
}

std::string doctor_reply(const ShadowCore::Health& health, bool is_protected) {
  if (!health.is_known) {
    return "-ERR there is no state to look at before the next snapshot, ask again in a minute\n";
  }
  const std::string counts = fmt::format(
      "{} looks, {} violations since the start; as of record {}: {} waiting, {} talking, {} legs, "
      "{} agents ready\n",
      health.looks, health.violations, health.record, health.floor.waiting, health.floor.talking,
      health.floor.legs, health.floor.agents_available);
  std::string problems;
  for (const std::string& text : health.present) problems += text + "\n";
  if (!is_protected) problems += "UNPROTECTED: a crash now would lose calls, see the log\n";
  if (problems.empty()) return "+OK healthy: " + counts;
  return "-ERR " + counts + problems;
}

}  // namespace app
