#include "config/sofia.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "base/ip_network.h"
#include "base/text.h"
#include "config/globals.h"
#include "config/names.h"
#include "config/parameters.h"

namespace config {
namespace {

// What profiles may speak, with what else may be said of each: its rates, channels and bits.
struct KnownCodec {
  std::string_view name;
  std::array<std::string_view, 4> said;
  bool has_packet_time;  // Opus is sent in packets of 20 ms.
};
constexpr std::array<KnownCodec, 4> kCodecs = {{{"PCMU", {"8000h", "1c", "64000b", ""}, true},
                                                {"PCMA", {"8000h", "1c", "64000b", ""}, true},
                                                {"G722", {"8000h", "16000h", "1c", "64000b"}, true},
                                                {"OPUS", {"48000h", "1c", "2c", ""}, false}}};
// Milliseconds of sound in a packet; what the usual one is needs not be said.
constexpr Range kPacketMs = {10, 60};
constexpr std::int64_t kUsualPacketMs = 20;
// Dynamic payload types, RFC 3551 §6.
constexpr Range kDynamicPayloadTypes = {96, 127};
// Six bits, RFC 2474.
constexpr Range kDscp = {0, 63};
constexpr Range kSilenceSeconds = {0, 86'400};
constexpr Range kNonceSeconds = {1, 86'400};
// From a registration a minute to one a day.
constexpr Range kExpiresSeconds = {30, 86'400};
// RFC 4028 §4 asks for 90 at least.
constexpr Range kSessionSeconds = {90, 86'400};

// One entry of a list of codecs, NAME[@RATEh][@MILLISECONDSi], as profiles keep it. Returns: an
// empty text for one that we do not speak.
std::string codec_of(const std::string& entry) {
  const std::vector<std::string> parts = base::split(entry, '@');
  const auto* const known =
      std::find_if(kCodecs.begin(), kCodecs.end(), [&](const KnownCodec& one) {
        return base::equal_ignoring_case(base::trim(parts.front()), one.name);
      });
  if (known == kCodecs.end()) return {};
  std::string codec(known->name);
  for (std::size_t i = 1; i < parts.size(); ++i) {
    const std::string part = base::to_lower(base::trim(parts[i]));
    if (std::find(known->said.begin(), known->said.end(), part) != known->said.end()) continue;
    const auto number = base::parse_integer(part.substr(0, part.find('i')));
    const bool is_time = part.ends_with('i') && number && *number >= kPacketMs.lowest &&
                         *number <= kPacketMs.highest;
    if (!is_time || (!known->has_packet_time && *number != kUsualPacketMs)) return {};
    if (*number != kUsualPacketMs) codec += "@" + part;
  }
  return codec;
}

// What phones behind this profile may speak. Who copies a list with codecs that we lack is told of
// each; it is an error only when none is left.
void read_codecs(Parameters& parameters, std::string_view name, const std::string& what,
                 std::vector<std::string>& target, Problems& problems) {
  const auto* const given = parameters.find(name);
  if (given == nullptr) return;
  const std::string where = what + ": " + std::string(name);
  std::vector<std::string> codecs;
  std::vector<std::string_view> unknown;
  const std::vector<std::string> entries = base::split(given->value, ',');
  for (const std::string& entry : entries) {
    if (base::trim(entry).empty()) continue;
    std::string codec = codec_of(entry);
    if (codec.empty()) {
      unknown.push_back(base::trim(entry));
    } else {
      codecs.push_back(std::move(codec));
    }
  }
  if (codecs.empty()) {
    problems.error(given->place, where + " is \"" + given->value +
                                     "\", expected a list with PCMU, PCMA, G722 or OPUS in it, "
                                     "each with a packet time if need be, such as PCMA@30i");
    return;
  }
  if (!unknown.empty()) {
    problems.warning(given->place, where + ": " + list_of(unknown) +
                                       (unknown.size() == 1 ? " is" : " are") +
                                       " not supported and left out; expected PCMU, PCMA, "
                                       "G722 or OPUS");
  }
  target = std::move(codecs);
}

// `scrooge` is greedy with more insistence, which makes no difference where the choice is ours.
void read_codec_choice(Parameters& parameters, const std::string& what, call::CodecChoice& target,
                       Problems& problems) {
  const auto* const given = parameters.find("inbound-codec-negotiation");
  if (given == nullptr) return;
  const std::string word = base::to_lower(base::trim(given->value));
  if (word == "greedy" || word == "scrooge") {
    target = call::CodecChoice::Greedy;
  } else if (word == "generous") {
    target = call::CodecChoice::Generous;
  } else {
    problems.warning(given->place, what + ": inbound-codec-negotiation is \"" + given->value +
                                       "\", expected generous or greedy; generous is used");
  }
}

// What users of the original write for networks that they do not list themselves. Which of its
// interfaces this machine is reached by is not looked at: its own networks are the private ones.
const std::vector<std::string>& private_networks() {
  static const std::vector<std::string> networks = call::SipProfile{}.local_networks;
  return networks;
}

void read_local_networks(Parameters& parameters, const std::string& what, const AccessLists& lists,
                         std::vector<std::string>& target, Problems& problems) {
  const auto* const given = parameters.find("local-network-acl");
  if (given == nullptr) return;
  std::vector<std::string> networks;
  for (const std::string& entry : base::split(given->value, ',')) {
    const std::string name(base::trim(entry));
    if (const auto list = lists.find(name); list != lists.end()) {
      networks.insert(networks.end(), list->second.begin(), list->second.end());
    } else if (name == "localnet.auto" || name == "rfc1918.auto") {
      networks.insert(networks.end(), private_networks().begin(), private_networks().end());
    } else if (name == "loopback.auto") {
      networks.insert(networks.end(), {"127.0.0.0/8", "::1/128"});
    } else if (base::is_ip_network(name)) {
      networks.push_back(name);
    } else if (name != "none") {
      problems.warning(given->place,
                       what + ": local-network-acl is \"" + given->value +
                           "\", expected localnet.auto, loopback.auto, none, a list of "
                           "acl.conf or networks such as 192.168.0.0/16; localnet.auto is used");
      return;
    }
  }
  target = std::move(networks);
}

// host:NAME and, for `prefix` stun:, also NAME:PORT. The server finds the address when it starts.
bool names_a_host(std::string_view value, std::string_view prefix) {
  return value.size() > prefix.size() && value.starts_with(prefix) &&
         value.find_first_of(" ;,@/") == std::string_view::npos;
}

// The address of the default route, for auto and auto-nat.
std::string routed_address(const Parameters::Given& given, const std::string& named,
                           Problems& problems) {
  const std::string address = outward_address();
  if (is_loopback(address)) {
    problems.warning(given.place, named + " is \"" + given.value +
                                      "\" and this machine has no default route; " + address +
                                      " is used");
  }
  return address;
}

// The address that peers outside are told.
void read_outside_address(Parameters& parameters, std::string_view name, const std::string& what,
                          std::string& target, Problems& problems) {
  const auto* const given = parameters.find(name);
  if (given == nullptr) return;
  const std::string named = what + ": " + std::string(name);
  const std::string value(base::trim(given->value));
  if (is_ip_literal(value) || names_a_host(value, "host:") || names_a_host(value, "stun:")) {
    target = value;
    return;
  }
  if (value == "auto" || value == "auto-nat") {
    target = routed_address(*given, named, problems);
    if (value == "auto") return;
    problems.warning(given->place, named +
                                       " is \"auto-nat\"; no router is asked for its address, " +
                                       target + " (the default route's) is used");
    return;
  }
  problems.warning(given->place, named + " is \"" + given->value +
                                     "\", expected an IP address, auto, host:NAME or "
                                     "stun:NAME[:PORT]; none is used");
}

// The address of our own sockets. Nothing may listen elsewhere than was meant.
void read_own_address(Parameters& parameters, std::string_view name, const std::string& what,
                      std::string& target, Problems& problems) {
  const auto* const given = parameters.find(name);
  if (given == nullptr) return;
  const std::string named = what + ": " + std::string(name);
  const std::string value(base::trim(given->value));
  if (is_ip_literal(value) || names_a_host(value, "host:")) {
    target = value;
  } else if (value == "auto") {
    target = routed_address(*given, named, problems);
  } else {
    problems.error(given->place, named + " is \"" + given->value +
                                     "\", expected an IP address such as 127.0.0.1, auto or "
                                     "host:NAME");
  }
}

void read_realm(Parameters& parameters, std::string& target) {
  const auto* const given = parameters.find("challenge-realm");
  if (given == nullptr) return;
  const bool of_request = base::equal_ignoring_case(given->value, "auto_from") ||
                          base::equal_ignoring_case(given->value, "auto_to");
  target = of_request ? std::string() : given->value;
}

void read_expires(Parameters& parameters, call::SipProfile& profile) {
  int forced = 0;
  parameters.integer("sip-force-expires", kExpiresSeconds, forced);
  if (forced == 0) return;
  profile.expires_minimum_seconds = forced;
  profile.expires_maximum_seconds = forced;
  profile.expires_forced = true;
}

void read_registrations(Parameters& parameters, call::SipProfile& profile) {
  // `contact` and `call-id` say what tells two phones of a user apart; here it is the contact.
  if (const auto* const given = parameters.find("multiple-registrations")) {
    profile.several_registrations = strict_boolean(base::trim(given->value)).value_or(true);
  }
  bool behind_nat = false;
  bool all = false;
  parameters.boolean("nat-options-ping", behind_nat);
  parameters.boolean("all-reg-options-ping", all);
  if (behind_nat) profile.contact_pings = call::ContactPings::BehindNat;
  if (all) profile.contact_pings = call::ContactPings::All;
}

void read_session_timer(Parameters& parameters, call::SipProfile& profile) {
  bool enabled = true;
  parameters.boolean("enable-timer", enabled);
  parameters.integer("minimum-session-expires", kSessionSeconds, profile.session_minimum_seconds);
  parameters.integer("session-timeout", kSessionSeconds, profile.session_seconds);
  profile.session_seconds = std::max(profile.session_seconds, profile.session_minimum_seconds);
  if (!enabled) profile.session_seconds = 0;
}

// Where a phone that was called may send the call: only into networks that are named.
void read_redirects(Parameters& parameters, const std::string& what, call::SipProfile& profile,
                    Problems& problems) {
  const auto* const given = parameters.find("follow-redirect");
  if (given == nullptr || strict_boolean(base::trim(given->value)) == false) return;
  for (const std::string& entry : base::split(given->value, ',')) {
    const std::string_view network = base::trim(entry);
    if (base::is_ip_network(network)) {
      profile.redirect_networks.emplace_back(network);
      continue;
    }
    problems.warning(given->place, what + ": follow-redirect is \"" + given->value +
                                       "\", expected networks such as 192.168.0.0/16 or false; " +
                                       "no redirection is followed");
    profile.redirect_networks.clear();
    return;
  }
}

// Parameters that users of the original write, and that ask for what happens anyway or that only
// matter to parts we do not have.
void accept_others(Parameters& parameters) {
  parameters.accept({"debug",
                     "dialplan",
                     "dtmf-duration",
                     "dtmf-type",
                     "force-register-db-domain",
                     "force-subscription-domain",
                     "hold-music",
                     "inbound-late-negotiation",
                     "inbound-zrtp-passthru",
                     "log-auth-failures",
                     "presence-hosts",
                     "presence-privacy",
                     "record-path",
                     "record-template",
                     "rtp-timer-name",
                     "capture-server",
                     "sip-capture",
                     "sip-trace",
                     "shutdown-on-fail",
                     "watchdog-enabled",
                     "watchdog-step-timeout",
                     "watchdog-event-timeout",
                     "disable-srv",
                     "disable-naptr",
                     "bind-params",
                     "unregister-on-options-fail",
                     "auth-all-packets",
                     "inbound-reg-force-matching-username",
                     "enable-compact-headers",
                     "tls-only",
                     "tls-bind-params",
                     "tls-sip-port",
                     "tls-version",
                     "tls-ciphers",
                     "tls-cert-dir",
                     "tls-passphrase",
                     "tls-verify-date",
                     "tls-verify-depth",
                     "tls-verify-in-subjects",
                     "tls-verify-policy"});
  parameters.accept_when_false({"accept-blind-auth", "accept-blind-reg", "enable-100rel",
                                "manage-presence", "pass-callee-id", "send-display-update", "tls"});
  parameters.not_supported_yet({"apply-inbound-acl", "apply-nat-acl", "apply-register-acl",
                                "ws-binding", "wss-binding", "max-registrations-per-extension"});
}

void read_profile_settings(const Element& element, call::SipProfile& profile,
                           const AccessLists& lists, std::set<std::string>& warned,
                           Problems& problems) {
  const std::string what = "profile " + profile.name;
  Parameters parameters(element, what, problems);
  read_own_address(parameters, "sip-ip", what, profile.sip_ip, problems);
  parameters.port("sip-port", profile.sip_port);
  profile.rtp_ip = profile.sip_ip;
  read_own_address(parameters, "rtp-ip", what, profile.rtp_ip, problems);
  read_outside_address(parameters, "ext-sip-ip", what, profile.ext_sip_ip, problems);
  read_outside_address(parameters, "ext-rtp-ip", what, profile.ext_rtp_ip, problems);
  read_local_networks(parameters, what, lists, profile.local_networks, problems);
  parameters.integer("rtp-timeout-sec", kSilenceSeconds, profile.rtp_timeout_seconds);
  parameters.integer("rtp-hold-timeout-sec", kSilenceSeconds, profile.rtp_hold_timeout_seconds);
  parameters.integer("rtp-dscp", kDscp, profile.rtp_dscp);
  parameters.text("context", profile.context);
  parameters.text("user-agent-string", profile.user_agent);
  parameters.boolean("auth-calls", profile.auth_calls);
  parameters.text("force-register-domain", profile.force_domain);
  parameters.integer("nonce-ttl", kNonceSeconds, profile.nonce_seconds);
  parameters.integer("rfc2833-pt", kDynamicPayloadTypes, profile.digits_payload_type);
  read_realm(parameters, profile.realm);
  read_expires(parameters, profile);
  read_registrations(parameters, profile);
  read_session_timer(parameters, profile);
  read_redirects(parameters, what, profile, problems);
  // codec-prefs is the short form for both.
  read_codecs(parameters, "codec-prefs", what, profile.inbound_codecs, problems);
  if (parameters.find("codec-prefs") != nullptr) profile.outbound_codecs = profile.inbound_codecs;
  read_codecs(parameters, "inbound-codec-prefs", what, profile.inbound_codecs, problems);
  read_codecs(parameters, "outbound-codec-prefs", what, profile.outbound_codecs, problems);
  read_codec_choice(parameters, what, profile.codec_choice, problems);
  accept_others(parameters);
  parameters.finish(warned);
  if (!profile.auth_calls && !is_loopback(profile.sip_ip)) {
    problems.warning(element.place, what + ": " + profile.sip_ip +
                                        " can be reached from outside and auth-calls is false; "
                                        "anybody can call into context " +
                                        profile.context);
  }
}

call::SipProfile read_profile(const Element& element, const std::string& name,
                              const AccessLists& lists, std::set<std::string>& warned,
                              Problems& problems) {
  call::SipProfile profile;
  profile.name = name;
  for (const auto& child : element.children) {
    if (child.name == "settings") {
      read_profile_settings(child, profile, lists, warned, problems);
    } else if (child.name == "gateways") {
      if (!child.children.empty()) {
        problems.warning(child.place,
                         "profile " + name + ": gateways are not supported yet and have no effect");
      }
    } else if (child.name != "domains" && child.name != "aliases") {
      problems.warning(child.place, "profile " + name + ": unknown element <" + child.name +
                                        "> is ignored; expected <settings>");
    }
  }
  return profile;
}

// Remembers who has taken a name or an address already.
class Taken {
 public:
  explicit Taken(Problems& problems) : problems_(problems) {}

  void claim(const call::SipProfile& profile, const Place& place) {
    if (const auto [at, is_new] = names_.emplace(profile.name, place); !is_new) {
      problems_.error(place, "profile " + profile.name + " is defined twice, first at " +
                                 describe(at->second) + "; expected another name");
      return;
    }
    if (profile.sip_port == 0) return;
    const std::string address = profile.sip_ip + " port " + std::to_string(profile.sip_port);
    if (const auto [at, is_new] = addresses_.emplace(address, profile.name); !is_new) {
      problems_.error(place, "profile " + profile.name + " and profile " + at->second +
                                 " both take " + address + "; expected different sip-port values");
    }
  }

 private:
  Problems& problems_;
  std::map<std::string, Place> names_;
  std::map<std::string, std::string> addresses_;
};

}  // namespace

std::vector<call::SipProfile> read_sip_profiles(const Element& configuration,
                                                const AccessLists& lists, Problems& problems) {
  std::vector<call::SipProfile> profiles;
  std::set<std::string> warned;
  Taken taken(problems);
  for (const auto& group : configuration.children) {
    if (group.name != "profiles") continue;
    for (const auto& child : group.children) {
      const std::string* const name = child.attribute("name");
      if (child.name != "profile") {
        problems.warning(child.place, "unknown element <" + child.name +
                                          "> in <profiles> is ignored; expected <profile name=…>");
      } else if (name == nullptr || name->empty()) {
        problems.error(child.place, "<profile> without name=; expected e.g. name=\"internal\"");
      } else {
        profiles.push_back(read_profile(child, *name, lists, warned, problems));
        taken.claim(profiles.back(), child.place);
      }
    }
  }
  return profiles;
}

}  // namespace config
