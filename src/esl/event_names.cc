#include "esl/event_names.h"

#include "base/text.h"

namespace esl {
namespace {

// All names of the original, also of events that never happen here: a client that subscribes to
// them gets the same reply.
constexpr std::string_view kNames[] = {
    "CUSTOM",
    "CLONE",
    "CHANNEL_CREATE",
    "CHANNEL_DESTROY",
    "CHANNEL_STATE",
    "CHANNEL_CALLSTATE",
    "CHANNEL_ANSWER",
    "CHANNEL_HANGUP",
    "CHANNEL_HANGUP_COMPLETE",
    "CHANNEL_EXECUTE",
    "CHANNEL_EXECUTE_COMPLETE",
    "CHANNEL_HOLD",
    "CHANNEL_UNHOLD",
    "CHANNEL_BRIDGE",
    "CHANNEL_UNBRIDGE",
    "CHANNEL_PROGRESS",
    "CHANNEL_PROGRESS_MEDIA",
    "CHANNEL_OUTGOING",
    "CHANNEL_PARK",
    "CHANNEL_UNPARK",
    "CHANNEL_APPLICATION",
    "CHANNEL_ORIGINATE",
    "CHANNEL_UUID",
    "CHANNEL_DATA",
    "API",
    "LOG",
    "INBOUND_CHAN",
    "OUTBOUND_CHAN",
    "STARTUP",
    "SHUTDOWN",
    "SHUTDOWN_REQUESTED",
    "PUBLISH",
    "UNPUBLISH",
    "TALK",
    "NOTALK",
    "SESSION_CRASH",
    "SESSION_HEARTBEAT",
    "MODULE_LOAD",
    "MODULE_UNLOAD",
    "DTMF",
    "MESSAGE",
    "MESSAGE_WAITING",
    "MESSAGE_QUERY",
    "PRESENCE_IN",
    "PRESENCE_OUT",
    "PRESENCE_PROBE",
    "NOTIFY",
    "NOTIFY_IN",
    "ROSTER",
    "CODEC",
    "BACKGROUND_JOB",
    "DETECTED_SPEECH",
    "DETECTED_TONE",
    "PRIVATE_COMMAND",
    "HEARTBEAT",
    "TRAP",
    "ADD_SCHEDULE",
    "DEL_SCHEDULE",
    "EXE_SCHEDULE",
    "RE_SCHEDULE",
    "RELOADXML",
    "PHONE_FEATURE",
    "PHONE_FEATURE_SUBSCRIBE",
    "SEND_MESSAGE",
    "RECV_MESSAGE",
    "SEND_INFO",
    "RECV_INFO",
    "REQUEST_PARAMS",
    "GENERAL",
    "COMMAND",
    "CLIENT_DISCONNECTED",
    "SERVER_DISCONNECTED",
    "RECV_RTCP_MESSAGE",
    "SEND_RTCP_MESSAGE",
    "CALL_SECURE",
    "CALL_UPDATE",
    "CALL_SETUP_REQ",
    "CALL_SETUP_RESULT",
    "CALL_DETAIL",
    "NAT",
    "RECORD_START",
    "RECORD_STOP",
    "PLAYBACK_START",
    "PLAYBACK_STOP",
    "FAILURE",
    "SOCKET_DATA",
    "MEDIA_BUG_START",
    "MEDIA_BUG_STOP",
    "CONFERENCE_DATA",
    "CONFERENCE_DATA_QUERY",
    "DEVICE_STATE",
    "TEXT",
};

}  // namespace

std::string_view known_event(std::string_view name) {
  for (const std::string_view known : kNames) {
    if (base::equal_ignoring_case(known, name)) return known;
  }
  return {};
}

std::span<const std::string_view> event_names() {
  return kNames;
}

}  // namespace esl
