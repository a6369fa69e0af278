#include "call/variables.h"

#include <algorithm>

#include "base/text.h"

namespace call {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

bool LessIgnoringCase::operator()(std::string_view a, std::string_view b) const {
  return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(),
                                      [](char x, char y) { return lower(x) < lower(y); });
}

bool Variables::set(std::string_view name, std::string_view value) {
  if (name.empty() || name.size() > kVariableNameLengthMax) return false;
  if (value.size() > kVariableValueLengthMax) return false;
  if (value.empty()) {
    unset(name);
    return true;
  }
  const auto found = all_.find(name);
  if (found != all_.end()) {
    found->second = value;
    return true;
  }
  if (all_.size() >= kVariablesPerLegMax) return false;
  all_.emplace(name, value);
  return true;
}

void Variables::unset(std::string_view name) {
  const auto found = all_.find(name);
  if (found != all_.end()) all_.erase(found);
}

const std::string* Variables::find(std::string_view name) const {
  const auto found = all_.find(name);
  return found == all_.end() ? nullptr : &found->second;
}

std::string_view Variables::get(std::string_view name) const {
  const std::string* value = find(name);
  return value != nullptr ? std::string_view(*value) : std::string_view();
}

bool Variables::is_true(std::string_view name) const {
  const std::string* value = find(name);
  return value != nullptr && base::is_true(*value);
}

void describe(base::Archive& archive, Variables& variables) {
  archive.field("all", variables.all_);
}

}  // namespace call
