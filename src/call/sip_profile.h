// One SIP profile of the configuration (sip_profiles/*.xml), validated.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/archive.h"
#include "base/ip_network.h"

namespace call {

// Whose order of codecs decides when a peer offers several (inbound-codec-negotiation).
enum class CodecChoice {
  Generous,  // The peer's.
  Greedy,    // Ours.
};

// Which registered phones are asked for a sign of life, so that the way to them stays open.
enum class ContactPings {
  None,
  BehindNat,  // nat-options-ping: whose Contact is not where they come from.
  All,        // all-reg-options-ping
};

struct SipProfile {
  std::string name;
  std::string sip_ip = "127.0.0.1";
  std::uint16_t sip_port = 5060;
  std::string rtp_ip = "127.0.0.1";
  // What peers are told instead, when they are not in one of the local networks; empty: no other.
  std::string ext_sip_ip;
  std::string ext_rtp_ip;
  // local-network-acl: "192.168.0.0/16" and so on; by default what is private.
  std::vector<std::string> local_networks = {"10.0.0.0/8",     "172.16.0.0/12", "192.168.0.0/16",
                                             "169.254.0.0/16", "127.0.0.0/8",   "::1/128",
                                             "fc00::/7",       "fe80::/10"};
  std::string context = "default";
  std::string user_agent = "Ringmaster";
  bool auth_calls = true;    // INVITEs need the digest of a directory user.
  std::string realm;         // Empty: the domain of the request (auto_from).
  std::string force_domain;  // force-register-domain, or empty.
  int nonce_seconds = 60;    // nonce-ttl.
  int expires_minimum_seconds = 60;
  int expires_maximum_seconds = 3600;
  bool expires_forced = false;  // sip-force-expires: wishes do not count, and none is refused.
  bool several_registrations = true;  // multiple-registrations: a user may have several phones.
  ContactPings contact_pings = ContactPings::None;
  int session_seconds = 1800;         // session-timeout (RFC 4028); 0: no session timers.
  int session_minimum_seconds = 120;  // minimum-session-expires
  // follow-redirect: the networks into which a 3xx may send a call; empty: none is followed.
  std::vector<std::string> redirect_networks;
  int rtp_timeout_seconds = 0;       // rtp-timeout-sec: silence that ends a call; 0: never.
  int rtp_hold_timeout_seconds = 0;  // rtp-hold-timeout-sec: the same while the peer holds.
  int rtp_dscp = 46;                 // rtp-dscp: expedited forwarding (RFC 3246).
  int digits_payload_type = 101;     // rfc2833-pt.
  // Names with, where it is not 20 ms, their packet time: "PCMA", "PCMU@30i".
  std::vector<std::string> inbound_codecs = {"PCMU", "PCMA"};   // inbound-codec-prefs
  std::vector<std::string> outbound_codecs = {"PCMU", "PCMA"};  // outbound-codec-prefs
  CodecChoice codec_choice = CodecChoice::Generous;             // inbound-codec-negotiation

  bool is_local(std::string_view address) const {
    return std::any_of(local_networks.begin(), local_networks.end(),
                       [&](const std::string& one) { return base::is_in_network(address, one); });
  }
  // What a peer there is told instead of our own address; empty: nothing else.
  std::string rtp_ip_for(std::string_view peer) const {
    return is_local(peer) ? std::string() : ext_rtp_ip;
  }
  std::string sip_ip_for(std::string_view peer) const {
    return is_local(peer) ? std::string() : ext_sip_ip;
  }

  bool operator==(const SipProfile&) const = default;
};

inline void describe(base::Archive& archive, SipProfile& profile) {
  archive.field("name", profile.name);
  archive.field("sip_ip", profile.sip_ip);
  archive.field("sip_port", profile.sip_port);
  archive.field("rtp_ip", profile.rtp_ip);
  archive.field("ext_sip_ip", profile.ext_sip_ip);
  archive.field("ext_rtp_ip", profile.ext_rtp_ip);
  archive.field("local_networks", profile.local_networks);
  archive.field("context", profile.context);
  archive.field("user_agent", profile.user_agent);
  archive.field("auth_calls", profile.auth_calls);
  archive.field("realm", profile.realm);
  archive.field("force_domain", profile.force_domain);
  archive.field("nonce_seconds", profile.nonce_seconds);
  archive.field("expires_minimum_seconds", profile.expires_minimum_seconds);
  archive.field("expires_maximum_seconds", profile.expires_maximum_seconds);
  archive.field("expires_forced", profile.expires_forced);
  archive.field("several_registrations", profile.several_registrations);
  archive.field("contact_pings", profile.contact_pings);
  archive.field("session_seconds", profile.session_seconds);
  archive.field("session_minimum_seconds", profile.session_minimum_seconds);
  archive.field("redirect_networks", profile.redirect_networks);
  archive.field("rtp_timeout_seconds", profile.rtp_timeout_seconds);
  archive.field("rtp_hold_timeout_seconds", profile.rtp_hold_timeout_seconds);
  archive.field("rtp_dscp", profile.rtp_dscp);
  archive.field("digits_payload_type", profile.digits_payload_type);
  archive.field("inbound_codecs", profile.inbound_codecs);
  archive.field("outbound_codecs", profile.outbound_codecs);
  archive.field("codec_choice", profile.codec_choice);
}

}  // namespace call
