#include "config/parameters.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/text.h"
#include "config/names.h"

namespace config {

bool looks_like_number(std::string_view text) {
  if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
}

std::optional<bool> strict_boolean(std::string_view text) {
  if (base::is_true(text)) return true;
  constexpr std::array<std::string_view, 7> kFalse = {"no",       "off",      "false",   "f",
                                                      "disabled", "inactive", "disallow"};
  const std::string word = base::to_lower(text);
  if (std::find(kFalse.begin(), kFalse.end(), word) != kFalse.end()) return false;
  if (looks_like_number(text)) return false;  // 0 and the empty text; others were true.
  return std::nullopt;
}

bool is_ip_literal(const std::string& text) {
  in6_addr address{};
  return inet_pton(AF_INET, text.c_str(), &address) == 1 ||
         inet_pton(AF_INET6, text.c_str(), &address) == 1;
}

bool is_loopback(std::string_view address) {
  return address.starts_with("127.") || address == "::1";
}

Parameters::Parameters(const Element& owner, std::string what, Problems& problems)
    : what_(std::move(what)), problems_(problems) {
  for (const auto& child : owner.children) {
    if (child.name == "param") {
      add(child);
    } else {
      problems_.warning(child.place, what_ + ": unknown element <" + child.name +
                                         "> is ignored; expected <param name= value=/>");
    }
  }
}

void Parameters::add(const Element& param) {
  const std::string* const name = param.attribute("name");
  const std::string* const value = param.attribute("value");
  if (name == nullptr || value == nullptr) {
    problems_.error(param.place, what_ + ": <param> without " +
                                     (name == nullptr ? "name=" : "value=") +
                                     "; expected <param name=\"…\" value=\"…\"/>");
    return;
  }
  std::string key = base::to_lower(*name);
  const auto earlier = std::find_if(entries_.begin(), entries_.end(),
                                    [&](const Entry& entry) { return entry.name == key; });
  if (earlier != entries_.end()) {
    problems_.warning(param.place, what_ + ": parameter " + *name +
                                       " stands twice; the one of line " +
                                       std::to_string(earlier->given.place.line) + " is used");
    return;
  }
  entries_.push_back({std::move(key), {*value, param.place}});
}

const Parameters::Given* Parameters::find(std::string_view name) {
  known_.push_back(name);
  problems_.looks_for(what_, name);
  for (auto& entry : entries_) {
    if (entry.name != name) continue;
    entry.asked_for = true;
    return &entry.given;
  }
  return nullptr;
}

void Parameters::text(std::string_view name, std::string& target) {
  if (const Given* const given = find(name)) target = given->value;
}

void Parameters::integer(std::string_view name, Range range, int& target) {
  const Given* const given = find(name);
  if (given == nullptr) return;
  const std::int64_t number = base::lenient_integer(given->value);
  if (looks_like_number(given->value) && number >= range.lowest && number <= range.highest) {
    target = static_cast<int>(number);
    return;
  }
  problems_.warning(given->place, what_ + ": " + std::string(name) + " is \"" + given->value +
                                      "\", expected a number from " + std::to_string(range.lowest) +
                                      " to " + std::to_string(range.highest) + "; " +
                                      std::to_string(target) + " is used");
}

void Parameters::boolean(std::string_view name, bool& target) {
  const Given* const given = find(name);
  if (given == nullptr) return;
  if (const auto value = strict_boolean(given->value)) {
    target = *value;
    return;
  }
  problems_.warning(given->place, what_ + ": " + std::string(name) + " is \"" + given->value +
                                      "\", expected true or false; " + (target ? "true" : "false") +
                                      " is used");
}

void Parameters::port(std::string_view name, std::uint16_t& target) {
  const Given* const given = find(name);
  if (given == nullptr) return;
  const auto number = base::parse_integer(base::trim(given->value));
  if (number && *number >= 0 && *number <= 65535) {
    target = static_cast<std::uint16_t>(*number);
    return;
  }
  problems_.error(given->place, what_ + ": " + std::string(name) + " is \"" + given->value +
                                    "\", expected a port from 0 to 65535 (0: any free one)");
}

void Parameters::address(std::string_view name, std::string& target) {
  const Given* const given = find(name);
  if (given == nullptr) return;
  const std::string value(base::trim(given->value));
  if (is_ip_literal(value)) {
    target = value;
    return;
  }
  problems_.error(given->place, what_ + ": " + std::string(name) + " is \"" + given->value +
                                    "\", expected an IP address such as 127.0.0.1");
}

void Parameters::accept(const std::vector<std::string_view>& names) {
  for (const std::string_view name : names) find(name);
}

void Parameters::accept_when_false(const std::vector<std::string_view>& names) {
  for (const std::string_view name : names) {
    const Given* const given = find(name);
    if (given == nullptr || !base::is_true(given->value)) continue;
    problems_.warning(given->place,
                      what_ + ": " + std::string(name) + " is not supported yet and has no effect");
  }
}

void Parameters::not_supported_yet(const std::vector<std::string_view>& names) {
  for (const std::string_view name : names) {
    if (const Given* const given = find(name)) {
      problems_.warning(given->place, what_ + ": " + std::string(name) +
                                          " is not supported yet and has no effect");
    }
  }
}

void Parameters::finish(std::set<std::string>& warned) {
  for (const auto& entry : entries_) {
    if (entry.asked_for || !warned.insert(entry.name).second) continue;
    problems_.warning(entry.given.place, what_ + ": unknown parameter " + entry.name +
                                             " is ignored" + did_you_mean(entry.name, known_));
  }
}

void Parameters::finish() {
  std::set<std::string> warned;
  finish(warned);
}

}  // namespace config
