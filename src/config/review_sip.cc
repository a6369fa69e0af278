// SIP profiles and the directory: what of them is used, gateways, and settings of users that have
// no meaning here.
#include <algorithm>
#include <array>
#include <map>
#include <string>

#include "config/directory_section.h"
#include "config/reviewed.h"

namespace config {
namespace {

// Whom a parameter of a user or a domain is for.
struct Owner {
  std::string_view param;
  std::string_view why;
};
constexpr std::array<Owner, 8> kOwners = {{
    {"vm-email-all-messages", "no message is mailed"},
    {"vm-mailto", "no message is mailed"},
    {"vm-enabled", "every box takes messages"},
    {"vm-attach-file", "no message is mailed"},
    {"http-allowed-api", "there is no web interface of users"},
    {"jsonrpc-allowed-methods", "there is no verto"},
    {"jsonrpc-allowed-event-channels", "there is no verto"},
    {"verto-context", "there is no verto"},
}};

// One line for each name, however many users have it.
struct Unused {
  Place first;
  std::size_t count = 0;
};

void collect_unused(const Element& element, std::map<std::string, Unused>& unused) {
  for (const auto& child : element.children) {
    const std::string* const name = child.attribute("name");
    if (element.name != "params" || child.name != "param" || name == nullptr) {
      collect_unused(child, unused);
      continue;
    }
    const auto& used = kDirectoryParameters;
    if (std::find(used.begin(), used.end(), *name) != used.end()) continue;
    Unused& one = unused.try_emplace(*name, Unused{child.place}).first->second;
    ++one.count;
  }
}

std::size_t users_in(const Element& element) {
  std::size_t users = 0;
  for (const auto& child : element.children) {
    const std::string* const type = child.attribute("type");
    const bool is_pointer = type != nullptr && *type == "pointer";
    users += (child.name == "user" && !is_pointer ? 1 : 0) + users_in(child);
  }
  return users;
}

std::string why_unused(const std::string& param) {
  const auto* const owner =
      std::find_if(kOwners.begin(), kOwners.end(),
                   [&](const Owner& candidate) { return candidate.param == param; });
  return owner == kOwners.end() ? std::string("nothing here reads it") : std::string(owner->why);
}

// Those of a profile or of a user.
void review_gateways(const Element& owner, const Reviewed& reviewed) {
  for (const auto& list : owner.children) {
    if (list.name != "gateways") continue;
    for (const auto& gateway : list.children) {
      const std::string* const name = gateway.attribute("name");
      if (gateway.name != "gateway" || name == nullptr) continue;
      reviewed.problems.error(gateway.place,
                              "gateway " + *name + " cannot work: gateways are not supported yet");
    }
  }
}

void review_gateways_of_users(const Element& element, const Reviewed& reviewed) {
  if (element.name == "user") review_gateways(element, reviewed);
  for (const auto& child : element.children) review_gateways_of_users(child, reviewed);
}

void review_dial_strings(const Element& element, const std::string& what,
                         const Reviewed& reviewed) {
  for (const auto& child : element.children) {
    const std::string* const name = child.attribute("name");
    const std::string* const value = child.attribute("value");
    if (child.name == "param" && name != nullptr && value != nullptr && *name == "dial-string") {
      review_functions(*value, child.place, what + ": dial-string", reviewed);
    }
    review_dial_strings(child, what, reviewed);
  }
}

}  // namespace

void review_profile(const Element& profile, const Reviewed& reviewed) {
  const std::string* const name = profile.attribute("name");
  for (const auto& known : reviewed.configuration.profiles) {
    if (name == nullptr || known.name != *name) continue;
    reviewed.problems.used(profile.place, "profile " + *name + " at " + known.sip_ip + " port " +
                                              std::to_string(known.sip_port) +
                                              ", calls arrive in context " + known.context);
    break;
  }
  review_gateways(profile, reviewed);
}

void review_directory(const Element& section, const Reviewed& reviewed) {
  for (const auto& domain : section.children) {
    const std::string* const name = domain.attribute("name");
    if (domain.name != "domain" || name == nullptr) continue;
    const std::string what = "domain " + *name;
    const std::size_t users = users_in(domain);
    reviewed.problems.used(domain.place,
                           what + ", " + std::to_string(users) + (users == 1 ? " user" : " users"));
    review_gateways_of_users(domain, reviewed);
    review_dial_strings(domain, what, reviewed);
  }
  std::map<std::string, Unused> unused;
  collect_unused(section, unused);
  for (const auto& [param, one] : unused) {
    const std::string times = one.count > 1 ? " (" + std::to_string(one.count) + " times)" : "";
    reviewed.problems.note(one.first,
                           "param " + param + times + " is ignored: " + why_unused(param));
  }
}

}  // namespace config
