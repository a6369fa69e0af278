#include "api/server_commands.h"

#include <cstdint>

#include "api/time_text.h"
#include "base/text.h"
#include "base/version.h"

namespace api {
std::string status(std::string_view, Targets& targets) {
  std::size_t sessions = 0;
  for (const call::Leg* leg : targets.calls.legs()) sessions += leg->is_ending() ? 0 : 1;
  const std::uint64_t ever = targets.calls.legs_ever() - targets.uptime.legs_before;
  return "UP " + duration_text(targets.now - targets.uptime.since) + "\nRingmaster (Version " +
         std::string(base::kVersion) + ") is ready\n" + std::to_string(ever) +
         " session(s) since startup\n" + std::to_string(sessions) + " session(s) now\n" +
         std::to_string(call::kLegsMax) + " session(s) max\n";
}

std::string version(std::string_view arguments, Targets&) {
  const std::string number(base::kVersion);
  if (base::equal_ignoring_case(arguments, "short")) return number + "\n";
  return "Ringmaster Version " + number + "\n";
}

std::string create_uuid(std::string_view, Targets& targets) {
  return targets.calls.make_uuid();
}

std::string global_getvar(std::string_view arguments, Targets& targets) {
  const auto& globals = targets.around.globals();
  if (!arguments.empty()) {
    const auto found = globals.find(std::string(arguments));
    return found == globals.end() ? "" : found->second;
  }
  std::string all;
  for (const auto& [name, value] : globals) all.append(name).append("=").append(value).append("\n");
  return all;
}

}  // namespace api
