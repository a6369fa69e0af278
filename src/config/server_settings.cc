#include "config/server_settings.h"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "config/names.h"
#include "config/parameters.h"

namespace config {
namespace {

// The password that every copy of the original ships with.
constexpr std::string_view kKnownPassword = "ClueCon";
constexpr std::string_view kKnownXmlRpcPassword = "works";
// Ports below are the system's, RFC 6335 §6.
constexpr int kLowestRtpPort = 1024;
// Far more than one machine carries; 0: no limit.
// What a machine of today has, and a script that is worth the name.
constexpr Range kScriptMegabytes = {1, 1'000'000};
constexpr Range kScripts = {0, 100'000};
// An hour: to be without limit in practice.
constexpr Range kBusyMs = {10, 3'600'000};
const std::vector<std::string_view> kScriptLibraries = {"debug", "io", "os", "package"};
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

core::ScriptSettings read_scripts(const Element& configuration, Problems& problems) {
  core::ScriptSettings settings;
  const Element* const element = settings_of(configuration);
  if (element == nullptr) return settings;
  Parameters parameters(*element, "Lua", problems);
  parameters.integer("script-megabytes-max", kScriptMegabytes, settings.megabytes_max);
  parameters.integer("all-scripts-megabytes-max", kScriptMegabytes, settings.megabytes_of_all_max);
  parameters.integer("scripts-max", kScripts, settings.scripts_max);
  parameters.integer("busy-milliseconds-max", kBusyMs, settings.busy_ms_max);
  if (const auto* given = parameters.find("libraries")) {
    for (const std::string& word : base::split(given->value, ',')) {
      const std::string name(base::trim(word));
      if (name.empty()) continue;
      const bool is_known = std::find(kScriptLibraries.begin(), kScriptLibraries.end(), name) !=
                            kScriptLibraries.end();
      if (is_known) {
        settings.libraries.push_back(name);
      } else {
        problems.warning(given->place, "Lua: library " + name + " is ignored; expected one of " +
                                           list_of(kScriptLibraries));
      }
    }
  }
  if (const auto* given = parameters.find("startup-script")) {
    settings.at_start.push_back(given->value);
  }
  parameters.accept({"script-directory", "module-directory", "xml-handler-bindings"});
  parameters.not_supported_yet({"xml-handler-script"});
  parameters.finish();
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
