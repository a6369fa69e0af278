// The names of all settings that a configuration may hold, told by the readers themselves: for
// whoever checks that the reference explains them (app/names_command.h).
#pragma once

#include <string>
#include <vector>

namespace config {

// Who has a setting ("queue", "agent", "tier", "profile", "settings" of callcenter.conf.xml …) and
// what it is called; each once, in order.
struct SettingName {
  std::string owner;
  std::string name;

  auto operator<=>(const SettingName&) const = default;
};
std::vector<SettingName> setting_names();

}  // namespace config
