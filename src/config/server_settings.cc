#include "config/server_settings.h"

#include <set>
#include <string>

#include "config/parameters.h"

namespace config {
namespace {

// The password that every copy of the original ships with.
constexpr std::string_view kKnownPassword = "ClueCon";
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
