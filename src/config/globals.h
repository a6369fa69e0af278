// The $${…} variables of a configuration: predefined ones, those set in its files, and those that
// the command line gives, which win.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "config/problem.h"

namespace config {

// The address from which this host would speak to the outside (its default route); nothing is sent.
// 127.0.0.1 when there is no such route.
std::string outward_address();

class Globals {
 public:
  using Values = std::map<std::string, std::string>;

  // `overrides` cannot be changed by set().
  Globals(Values predefined, const Values& overrides);

  void set(const std::string& name, std::string value);
  // nullptr when there is none. Lifetime: until the next set().
  const std::string* find(const std::string& name) const;

  // Replaces every $${name}; what is put in is not looked at again. A name that is not set is a
  // warning at `place` and gives nothing.
  std::string replace(std::string_view text, const Place& place, Problems& problems) const;

  const Values& values() const { return values_; }

 private:
  Values values_;
  Values overrides_;
};

// What exists without being set (spec/11 §4). Folders lie beside the configuration directory.
Globals::Values predefined_globals(const std::filesystem::path& directory);

}  // namespace config
