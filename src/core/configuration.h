// A whole configuration directory as values, validated: what the core and the adapters run on.
//
// It enters the journal by value, so a restart needs no file, and a file that is broken later takes
// nothing down.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/archive.h"
#include "call/directory.h"
#include "call/local_stream.h"
#include "call/phrases.h"
#include "call/sip_profile.h"
#include "call/voicemail_profile.h"
#include "dialplan/dialplan.h"
#include "queue/settings.h"

namespace core {

struct EventSocketSettings {
  std::string listen_ip = "127.0.0.1";
  std::uint16_t listen_port = 8021;
  std::string password = "ClueCon";

  bool operator==(const EventSocketSettings&) const = default;
};

// xml_rpc.conf.xml: commands over HTTP, unless nobody asked for them.
struct XmlRpcSettings {
  bool listens = false;
  std::string listen_ip = "127.0.0.1";
  std::uint16_t port = 8080;
  std::string realm = "freeswitch";
  std::string user = "freeswitch";
  std::string password = "works";

  bool operator==(const XmlRpcSettings&) const = default;
};

// RTP ports by configuration: switch.conf.xml rtp-start-port and rtp-end-port.
struct RtpSettings {
  std::uint16_t first_port = 16384;
  std::uint16_t last_port = 32768;

  bool operator==(const RtpSettings&) const = default;
};

// Who else sees the SIP messages of a profile: a collector (capture-server of which sip-capture has
// been chosen), the log (sip-trace).
struct SipView {
  std::string capture_server;
  bool prints_messages = false;

  bool operator==(const SipView&) const = default;
};

// How many calls are taken: switch.conf.xml max-sessions and sessions-per-second. 0: no limit.
struct CallLimits {
  int sessions_max = 0;
  int sessions_per_second = 0;

  bool operator==(const CallLimits&) const = default;
};

// lua.conf.xml: what scripts may use.
struct ScriptSettings {
  std::vector<std::string> libraries;  // Of Lua's own, those that are closed otherwise.
  int megabytes_max = 32;              // Of one script …
  int megabytes_of_all_max = 1024;     // … and of all together.
  int scripts_max = 5'000;
  int busy_ms_max = 2'000;            // Without waiting for anything.
  std::vector<std::string> at_start;  // Scripts that run from the server's start, with arguments.

  bool operator==(const ScriptSettings&) const = default;
};

struct Configuration {
  std::map<std::string, std::string> globals;  // $${…}, and ${…} where no channel variable stands.
  queue::CallCenterSettings call_center;
  dialplan::Dialplan dialplan;
  call::Directory directory;
  std::vector<call::SipProfile> profiles;
  EventSocketSettings event_socket;
  RtpSettings rtp;
  // Names of time zones and their POSIX rules (dialplan/time_zone.h). Here and not on the disk of
  // whoever asks, so that a journal gives the same calls the same hours everywhere.
  std::map<std::string, std::string> time_zones;
  // The rule of the host's own zone, or empty when it has none that can be read.
  std::string local_zone;
  std::map<std::string, SipView> sip_views;  // By profile; only of those who have one.
  CallLimits call_limits;
  XmlRpcSettings xml_rpc;
  call::Phrases phrases;
  std::vector<call::LocalStream> local_streams;
  ScriptSettings scripts;
  call::VoicemailProfiles voicemail;

  bool operator==(const Configuration&) const = default;
};

void describe(base::Archive& archive, EventSocketSettings& settings);
void describe(base::Archive& archive, XmlRpcSettings& settings);
void describe(base::Archive& archive, RtpSettings& settings);
void describe(base::Archive& archive, ScriptSettings& settings);
void describe(base::Archive& archive, SipView& view);
void describe(base::Archive& archive, CallLimits& limits);
void describe(base::Archive& archive, Configuration& configuration);

}  // namespace core
