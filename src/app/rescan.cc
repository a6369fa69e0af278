#include "app/rescan.h"

#include <fmt/format.h>

#include <algorithm>

namespace app {
namespace {

using Profiles = std::vector<call::SipProfile>;

const call::SipProfile* find(const Profiles& profiles, const std::string& name) {
  const auto found = std::find_if(profiles.begin(), profiles.end(),
                                  [&](const auto& profile) { return profile.name == name; });
  return found == profiles.end() ? nullptr : &*found;
}

template <class Value>
std::string stays(const std::string& name, const char* parameter, const Value& now,
                  const Value& wished) {
  return fmt::format("profile {}: {} stays {} until the server starts again with {}", name,
                     parameter, now, wished);
}

}  // namespace

std::vector<std::string> needing_a_restart(const Profiles& running, const Profiles& wished) {
  std::vector<std::string> lines;
  for (const call::SipProfile& profile : running) {
    const call::SipProfile* other = find(wished, profile.name);
    if (other == nullptr) {
      lines.push_back(fmt::format(
          "profile {} is gone from the configuration: it listens until the server starts again",
          profile.name));
      continue;
    }
    if (other->sip_ip != profile.sip_ip) {
      lines.push_back(stays(profile.name, "sip-ip", profile.sip_ip, other->sip_ip));
    }
    if (other->sip_port != profile.sip_port) {
      lines.push_back(stays(profile.name, "sip-port", profile.sip_port, other->sip_port));
    }
  }
  for (const call::SipProfile& profile : wished) {
    if (find(running, profile.name) != nullptr) continue;
    lines.push_back(
        fmt::format("profile {} is new: it listens when the server starts again", profile.name));
  }
  return lines;
}

std::string rescan_reply(std::string_view profile, const std::vector<std::string>& unchanged) {
  std::string reply = "+OK scan complete\n";
  for (const std::string& line : unchanged) {
    const bool is_about = line.starts_with(fmt::format("profile {}: ", profile)) ||
                          line.starts_with(fmt::format("profile {} is ", profile));
    if (is_about) reply += line + "\n";
  }
  return reply;
}

}  // namespace app
