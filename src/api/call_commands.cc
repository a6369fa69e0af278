#include "api/call_commands.h"

#include "api/words.h"

namespace api {
namespace {

constexpr std::string_view kNoSuchChannel = "-ERR No such channel!\n";

std::string usage(std::string_view syntax) {
  return "-USAGE: " + std::string(syntax) + "\n";
}

}  // namespace

std::string hang_up_all(std::string_view arguments, Targets& targets) {
  const auto words = split_words(arguments, 2);
  const std::string name = words.empty() ? "MANAGER_REQUEST" : words[0];
  const call::Cause cause = call::parse_cause(name).value_or(call::Cause::ManagerRequest);
  targets.calls.hang_up_all(cause, targets.now, targets.call_out);
  return "+OK hangup all channels with cause " + std::string(to_text(cause)) + "\n";
}

std::string uuid_exists(std::string_view arguments, Targets& targets) {
  return targets.calls.find_leg(arguments) != nullptr ? "true" : "false";
}

std::string uuid_getvar(std::string_view arguments, Targets& targets) {
  const auto words = split_words(arguments, 3);
  if (words.size() < 2) return usage("<uuid> <var>");
  if (targets.calls.find_leg(words[0]) == nullptr) return std::string(kNoSuchChannel);
  return targets.calls.variable(words[0], words[1]).value_or("_undef_");
}

std::string uuid_setvar(std::string_view arguments, Targets& targets) {
  const auto words = split_words(arguments, 3);
  if (words.size() < 2) return usage("<uuid> <var> [value]");
  if (targets.calls.find_leg(words[0]) == nullptr) return std::string(kNoSuchChannel);
  const std::string value = words.size() > 2 ? words[2] : "";
  const bool fits = targets.calls.set_variable(words[0], words[1], value);
  return fits ? "+OK\n" : "-ERR Invalid name or value!\n";
}

std::string uuid_kill(std::string_view arguments, Targets& targets) {
  const auto words = split_words(arguments, 3);
  if (words.empty()) return usage("<uuid> [cause]");
  auto cause = call::Cause::NormalClearing;
  if (words.size() > 1) cause = call::parse_cause(words[1]).value_or(cause);
  const bool found = targets.calls.hang_up(words[0], cause, targets.now, targets.call_out);
  return found ? "+OK\n" : std::string(kNoSuchChannel);
}

}  // namespace api
