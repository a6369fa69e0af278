#include "core/configuration.h"

namespace core {

void describe(base::Archive& archive, EventSocketSettings& settings) {
  archive.field("listen_ip", settings.listen_ip);
  archive.field("listen_port", settings.listen_port);
  archive.field("password", settings.password);
}

void describe(base::Archive& archive, XmlRpcSettings& settings) {
  archive.field("listens", settings.listens);
  archive.field("listen_ip", settings.listen_ip);
  archive.field("port", settings.port);
  archive.field("realm", settings.realm);
  archive.field("user", settings.user);
  archive.field("password", settings.password);
}

void describe(base::Archive& archive, RtpSettings& settings) {
  archive.field("first_port", settings.first_port);
  archive.field("last_port", settings.last_port);
}

void describe(base::Archive& archive, ScriptSettings& settings) {
  archive.field("libraries", settings.libraries);
  archive.field("megabytes_max", settings.megabytes_max);
  archive.field("megabytes_of_all_max", settings.megabytes_of_all_max);
  archive.field("scripts_max", settings.scripts_max);
  archive.field("busy_ms_max", settings.busy_ms_max);
  archive.field("at_start", settings.at_start);
}

void describe(base::Archive& archive, SipView& view) {
  archive.field("capture_server", view.capture_server);
  archive.field("prints_messages", view.prints_messages);
}

void describe(base::Archive& archive, CallLimits& limits) {
  archive.field("sessions_max", limits.sessions_max);
  archive.field("sessions_per_second", limits.sessions_per_second);
}

void describe(base::Archive& archive, Configuration& configuration) {
  archive.field("globals", configuration.globals);
  archive.field("call_center", configuration.call_center);
  archive.field("dialplan", configuration.dialplan);
  archive.field("directory", configuration.directory);
  archive.field("profiles", configuration.profiles);
  archive.field("event_socket", configuration.event_socket);
  archive.field("rtp", configuration.rtp);
  archive.field("time_zones", configuration.time_zones);
  archive.field("local_zone", configuration.local_zone);
  archive.field("sip_views", configuration.sip_views);
  archive.field("call_limits", configuration.call_limits);
  archive.field("xml_rpc", configuration.xml_rpc);
  archive.field("phrases", configuration.phrases);
  archive.field("local_streams", configuration.local_streams);
  archive.field("scripts", configuration.scripts);
  archive.field("voicemail", configuration.voicemail);
}

}  // namespace core
