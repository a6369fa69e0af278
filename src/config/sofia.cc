#include "config/sofia.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "config/parameters.h"

namespace config {
namespace {

constexpr std::array<std::string_view, 1> kCodecs = {"PCMU"};
// Dynamic payload types, RFC 3551 §6.
constexpr Range kDynamicPayloadTypes = {96, 127};
constexpr Range kNonceSeconds = {1, 86'400};
// From a registration a minute to one a day.
constexpr Range kExpiresSeconds = {30, 86'400};

// What phones behind this profile may speak: the names of the list that we know, without their
// @20i@8000h. Unknown ones are nothing to worry about as long as one is left.
void read_codecs(Parameters& parameters, std::string_view name, const std::string& what,
                 std::vector<std::string>& target, Problems& problems) {
  const auto* const given = parameters.find(name);
  if (given == nullptr) return;
  std::vector<std::string> codecs;
  for (const auto& entry : base::split(given->value, ',')) {
    const std::string_view codec = base::trim(std::string_view(entry).substr(0, entry.find('@')));
    for (const std::string_view known : kCodecs) {
      if (base::equal_ignoring_case(codec, known)) codecs.emplace_back(known);
    }
  }
  if (!codecs.empty()) {
    target = std::move(codecs);
    return;
  }
  problems.error(given->place, what + ": " + std::string(name) + " is \"" + given->value +
                                   "\", expected a list with PCMU in it; no other codec is "
                                   "supported yet");
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
                     "inbound-codec-negotiation",
                     "inbound-late-negotiation",
                     "inbound-zrtp-passthru",
                     "local-network-acl",
                     "log-auth-failures",
                     "multiple-registrations",
                     "presence-hosts",
                     "presence-privacy",
                     "record-path",
                     "record-template",
                     "rtp-timer-name",
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
                     "nat-options-ping",
                     "all-reg-options-ping",
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
                                "enable-timer", "manage-presence", "pass-callee-id",
                                "send-display-update", "tls"});
  parameters.not_supported_yet({"apply-inbound-acl", "apply-nat-acl", "apply-register-acl",
                                "ext-rtp-ip", "ext-sip-ip", "rtp-hold-timeout-sec",
                                "rtp-timeout-sec", "session-timeout", "minimum-session-expires",
                                "ws-binding", "wss-binding", "max-registrations-per-extension"});
}

void read_profile_settings(const Element& element, call::SipProfile& profile,
                           std::set<std::string>& warned, Problems& problems) {
  const std::string what = "profile " + profile.name;
  Parameters parameters(element, what, problems);
  parameters.address("sip-ip", profile.sip_ip);
  parameters.port("sip-port", profile.sip_port);
  profile.rtp_ip = profile.sip_ip;
  parameters.address("rtp-ip", profile.rtp_ip);
  parameters.text("context", profile.context);
  parameters.text("user-agent-string", profile.user_agent);
  parameters.boolean("auth-calls", profile.auth_calls);
  parameters.text("force-register-domain", profile.force_domain);
  parameters.integer("nonce-ttl", kNonceSeconds, profile.nonce_seconds);
  parameters.integer("rfc2833-pt", kDynamicPayloadTypes, profile.digits_payload_type);
  read_realm(parameters, profile.realm);
  read_expires(parameters, profile);
  read_codecs(parameters, "inbound-codec-prefs", what, profile.inbound_codecs, problems);
  read_codecs(parameters, "outbound-codec-prefs", what, profile.outbound_codecs, problems);
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
                              std::set<std::string>& warned, Problems& problems) {
  call::SipProfile profile;
  profile.name = name;
  for (const auto& child : element.children) {
    if (child.name == "settings") {
      read_profile_settings(child, profile, warned, problems);
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

std::vector<call::SipProfile> read_sip_profiles(const Element& configuration, Problems& problems) {
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
        profiles.push_back(read_profile(child, *name, warned, problems));
        taken.claim(profiles.back(), child.place);
      }
    }
  }
  return profiles;
}

}  // namespace config
