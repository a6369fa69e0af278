// The configuration's XML as plain values: includes are in place, $${…} is replaced, and every
// element knows where it was written. What the readers of the sections work on.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/problem.h"

namespace config {

struct Element {
  std::string name;
  std::vector<std::pair<std::string, std::string>> attributes;  // In the order written.
  std::vector<Element> children;
  std::string text;  // Character data directly inside, blanks around it taken away.
  Place place;

  // nullptr: no such attribute. Names match exactly, as XML's do. Lifetime: as the element.
  const std::string* attribute(std::string_view attribute_name) const {
    for (const auto& [key, value] : attributes) {
      if (key == attribute_name) return &value;
    }
    return nullptr;
  }
};

}  // namespace config
