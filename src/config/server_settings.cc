#include "config/server_settings.h"

#include <algorithm>
#include <set>
#include <string>

#include "config/parameters.h"

namespace config {
namespace {

// The password that every copy of the original ships with.
constexpr std::string_view kKnownPassword = "ClueCon";
constexpr std::string_view kKnownXmlRpcPassword = "works";
// Ports below are the system's, RFC 6335 §6.
constexpr int kLowestRtpPort = 1024;
// Far more than one machine carries; 0: no limit.
constexpr Range kSessions = {0, 1'000'000};

const Element* settings_of(const Element& configuration) {
  for (const auto& child : configuration.children) {
    if (child.name == "settings") return &child;
  }
  return nullptr;
}

}  // namespace

core::EventSocketSettings read_event_socket(const Element& configuration, Problems& problems) {
  core::EventSocketSettings settings;
  const Element* const element = settings_of(configuration);
  if (element == nullptr) return settings;
  Parameters parameters(*element, "event socket", problems);
  parameters.address("listen-ip", settings.listen_ip);
  parameters.port("listen-port", settings.listen_port);
  parameters.text("password", settings.password);
  parameters.accept({"stop-on-bind-error"});
  parameters.accept_when_false({"nat-map"});
  parameters.not_supported_yet({"apply-inbound-acl"});
  parameters.finish();
  if (settings.password.empty()) {
    problems.error(element->place, "event socket: the password is empty; expected one");
  }
  if (!is_loopback(settings.listen_ip) && settings.password == kKnownPassword) {
    problems.warning(element->place, "event socket: " + settings.listen_ip +
                                         " can be reached from outside and the password is the "
                                         "one that everybody knows; set another");
  }
  return settings;
}

core::XmlRpcSettings read_xml_rpc(const Element& configuration, Problems& problems) {
  core::XmlRpcSettings settings;
  settings.listens = true;
  const Element* const element = settings_of(configuration);
  if (element == nullptr) return settings;
  Parameters parameters(*element, "XML-RPC", problems);
  parameters.address("listen-ip", settings.listen_ip);
  parameters.port("http-port", settings.port);
  parameters.text("auth-realm", settings.realm);
  parameters.text("auth-user", settings.user);
  parameters.text("auth-pass", settings.password);
  parameters.accept({"commands-to-log", "default-domain", "loglevel", "virtual-host"});
  parameters.accept_when_false({"enable-websocket"});
  parameters.finish();
  if (settings.password.empty()) {
    problems.error(element->place, "XML-RPC: auth-pass is empty; expected a password");
  }
  if (!is_loopback(settings.listen_ip) && settings.password == kKnownXmlRpcPassword) {
    problems.error(element->place, "XML-RPC: " + settings.listen_ip +
                                       " can be reached from outside and auth-pass is the one "
                                       "that everybody knows; expected another");
  }
  const bool is_plain = std::all_of(settings.realm.begin(), settings.realm.end(), [](char c) {
    return c >= ' ' && c <= '~' && c != '"' && c != '\\';
  });
  if (!is_plain) {
    problems.error(element->place,
                   "XML-RPC: auth-realm holds what no HTTP header may; expected "
                   "letters and digits");
  }
  return settings;
}

bool loads_module(const Element& modules, std::string_view name) {
  for (const auto& list : modules.children) {
    for (const auto& child : list.children) {
      const std::string* const module = child.attribute("module");
      if (child.name == "load" && module != nullptr && *module == name) return true;
    }
  }
  return false;
}

core::CallLimits read_call_limits(const Element& configuration, Problems& problems) {
  core::CallLimits limits;
  const Element* const element = settings_of(configuration);
  if (element == nullptr) return limits;
  Parameters parameters(*element, "switch", problems);
  parameters.integer("max-sessions", kSessions, limits.sessions_max);
  parameters.integer("sessions-per-second", kSessions, limits.sessions_per_second);
  return limits;
}

core::RtpSettings read_switch(const Element& configuration, Problems& problems) {
  core::RtpSettings settings;
  const Element* const element = settings_of(configuration);
  if (element == nullptr) return settings;
  Parameters parameters(*element, "switch", problems);
  parameters.port("rtp-start-port", settings.first_port);
  parameters.port("rtp-end-port", settings.last_port);
  // Read by read_call_limits().
  parameters.accept({"max-sessions", "sessions-per-second"});
  if (settings.first_port < kLowestRtpPort || settings.first_port >= settings.last_port) {
    problems.error(element->place,
                   "switch: RTP ports " + std::to_string(settings.first_port) + " to " +
                       std::to_string(settings.last_port) + ", expected rtp-start-port from " +
                       std::to_string(kLowestRtpPort) + " and a larger rtp-end-port");
  }
  return settings;
}

}  // namespace config
