// One SIP profile of the configuration (sip_profiles/*.xml), validated.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/archive.h"

namespace call {

// Whose order of codecs decides when a peer offers several (inbound-codec-negotiation).
enum class CodecChoice {
  Generous,  // The peer's.
  Greedy,    // Ours.
};

struct SipProfile {
  std::string name;
  std::string sip_ip = "127.0.0.1";
  std::uint16_t sip_port = 5060;
  std::string rtp_ip = "127.0.0.1";
  std::string context = "default";
  std::string user_agent = "Ringmaster";
  bool auth_calls = true;    // INVITEs need the digest of a directory user.
  std::string realm;         // Empty: the domain of the request (auto_from).
  std::string force_domain;  // force-register-domain, or empty.
  int nonce_seconds = 60;    // nonce-ttl.
  int expires_minimum_seconds = 60;
  int expires_maximum_seconds = 3600;
  int digits_payload_type = 101;  // rfc2833-pt.
  // Names with, where it is not 20 ms, their packet time: "PCMA", "PCMU@30i".
  std::vector<std::string> inbound_codecs = {"PCMU", "PCMA"};   // inbound-codec-prefs
  std::vector<std::string> outbound_codecs = {"PCMU", "PCMA"};  // outbound-codec-prefs
  CodecChoice codec_choice = CodecChoice::Generous;             // inbound-codec-negotiation

  bool operator==(const SipProfile&) const = default;
};

inline void describe(base::Archive& archive, SipProfile& profile) {
  archive.field("name", profile.name);
  archive.field("sip_ip", profile.sip_ip);
  archive.field("sip_port", profile.sip_port);
  archive.field("rtp_ip", profile.rtp_ip);
  archive.field("context", profile.context);
  archive.field("user_agent", profile.user_agent);
  archive.field("auth_calls", profile.auth_calls);
  archive.field("realm", profile.realm);
  archive.field("force_domain", profile.force_domain);
  archive.field("nonce_seconds", profile.nonce_seconds);
  archive.field("expires_minimum_seconds", profile.expires_minimum_seconds);
  archive.field("expires_maximum_seconds", profile.expires_maximum_seconds);
  archive.field("digits_payload_type", profile.digits_payload_type);
  archive.field("inbound_codecs", profile.inbound_codecs);
  archive.field("outbound_codecs", profile.outbound_codecs);
  archive.field("codec_choice", profile.codec_choice);
}

}  // namespace call
