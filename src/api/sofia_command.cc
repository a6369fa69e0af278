#include "api/sofia_command.h"

#include <algorithm>
#include <cstddef>

#include "api/time_text.h"
#include "api/words.h"
#include "base/text.h"

namespace api {
namespace {

constexpr std::string_view kUsage =
    "USAGE:\n"
    "--------------------------------------------------------------------------------\n"
    "sofia status [profile <name> [reg [<contact str>]]]\n"
    "sofia profile <name> rescan\n"
    "sofia profile <name>|global siptrace on|off\n"
    "--------------------------------------------------------------------------------\n";
constexpr const char* kNoGateway = "Invalid Gateway! (gateways are not supported yet)\n";
constexpr std::size_t kWordsMax = 8;
constexpr std::size_t kNameWidth = 25;
constexpr std::size_t kDataWidth = 41;

const std::string& ruler() {
  static const std::string line = std::string(97, '=') + "\n";
  return line;
}

std::string right_aligned(std::string_view text, std::size_t width) {
  return std::string(width - std::min(width, text.size()), ' ') + std::string(text);
}

std::string uri_of(const call::SipProfile& profile) {
  const bool v6 = profile.sip_ip.find(':') != std::string::npos;
  return "sip:ringmaster@" + (v6 ? "[" + profile.sip_ip + "]" : profile.sip_ip) + ":" +
         std::to_string(profile.sip_port);
}

// Legs whose calls this profile carries.
enum class Way { In, Out };
std::size_t legs_of(const call::SipProfile& profile, Way way, const Targets& targets) {
  const auto wanted = way == Way::In ? call::Direction::Inbound : call::Direction::Outbound;
  const auto legs = targets.calls.legs();
  return static_cast<std::size_t>(std::count_if(legs.begin(), legs.end(), [&](const auto* leg) {
    return !leg->is_ending() && leg->direction == wanted && leg->profile == profile.name;
  }));
}

std::string status_line(const call::SipProfile& profile, const Targets& targets) {
  const std::size_t legs = legs_of(profile, Way::In, targets) + legs_of(profile, Way::Out, targets);
  return right_aligned(profile.name, kNameWidth) + "\tprofile\t" +
         right_aligned(uri_of(profile), kDataWidth) + "\tRUNNING (" + std::to_string(legs) + ")\n";
}

std::string all_profiles(const Targets& targets) {
  const auto& profiles = targets.around.profiles();
  std::string text = right_aligned("Name", kNameWidth) + "\t   Type\t" +
                     right_aligned("Data", kDataWidth) + "\tState\n" + ruler();
  for (const auto& profile : profiles) text += status_line(profile, targets);
  return text + ruler() + std::to_string(profiles.size()) +
         (profiles.size() == 1 ? " profile" : " profiles") + " 0 aliases\n";
}

// The parts of "ip:port" and "[ip]:port".
std::pair<std::string, std::string> parts_of(const std::string& source) {
  const std::size_t colon = source.rfind(':');
  if (colon == std::string::npos) return {source, ""};
  return {source.substr(0, colon), source.substr(colon + 1)};
}

std::string registration_text(const call::Registrations::User& user, const call::Binding& binding,
                              const Targets& targets) {
  const auto& [domain, name] = user;
  const auto [ip, port] = parts_of(binding.source);
  const auto& globals = targets.around.globals();
  const auto host = globals.find("hostname");
  const std::int64_t expires = targets.engine.anchor().unix_seconds(binding.expires_at);
  const std::int64_t left = expires - targets.unix_seconds();
  const std::string until =
      time_text("%Y-%m-%d %H:%M:%S", targets.around.local_time_at(expires), expires);
  return "Call-ID:    \t" + binding.call_id + "\nUser:       \t" + name + "@" + domain +
         "\nContact:    \t\"\" <" + binding.uri + ">\nAgent:      \t" + binding.user_agent +
         "\nStatus:     \tRegistered(" + (binding.over_tcp ? "TCP" : "UDP") + ")(unknown) EXP(" +
         until + ") EXPSECS(" + std::to_string(left) +
         ")\nPing-Status:\tReachable\nPing-Time:\t0.00\nHost:       \t" +
         (host == globals.end() ? "" : host->second) + "\nIP:         \t" + ip +
         "\nPort:       \t" + port + "\nAuth-User:  \t" + name + "\nAuth-Realm: \t" + domain +
         "\nMWI-Account:\t" + name + "@" + domain + "\n\n";
}

std::string registrations(const call::SipProfile& profile, std::string_view wanted,
                          const Targets& targets) {
  std::string text = "\nRegistrations:\n" + ruler();
  std::size_t count = 0;
  for (const auto& [user, bindings] : targets.calls.registrations().all()) {
    for (const call::Binding& binding : bindings) {
      const std::string name = user.second + "@" + user.first;
      const bool fits = wanted.empty() || name.find(wanted) != std::string::npos ||
                        binding.uri.find(wanted) != std::string::npos;
      if (binding.profile != profile.name || !fits || binding.expires_at <= targets.now) continue;
      text += registration_text(user, binding, targets);
      ++count;
    }
  }
  return text + "Total items returned: " + std::to_string(count) + "\n" + ruler();
}

std::string codecs(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ",") + name;
  return text;
}

std::string profile_text(const call::SipProfile& profile, const Targets& targets) {
  std::size_t count = 0;
  for (const auto& [user, bindings] : targets.calls.registrations().all()) {
    count += static_cast<std::size_t>(
        std::count_if(bindings.begin(), bindings.end(), [&](const call::Binding& binding) {
          return binding.profile == profile.name && binding.expires_at > targets.now;
        }));
  }
  const auto line = [](std::string_view name, const std::string& value) {
    std::string text(name);
    text.resize(std::max<std::size_t>(text.size(), 17), ' ');
    return text + "\t" + value + "\n";
  };
  const auto or_none = [](const std::string& text) { return text.empty() ? "N/A" : text; };
  return ruler() + line("Name", profile.name) + line("Domain Name", "N/A") +
         line("Auto-NAT", "false") + line("Pres Hosts", "") + line("Dialplan", "XML") +
         line("Context", profile.context) + line("Challenge Realm", or_none(profile.realm)) +
         line("RTP-IP", profile.rtp_ip) + line("Ext-RTP-IP", or_none(profile.ext_rtp_ip)) +
         line("SIP-IP", profile.sip_ip) + line("Ext-SIP-IP", or_none(profile.ext_sip_ip)) +
         line("URL", uri_of(profile)) + line("BIND-URL", uri_of(profile) + ";transport=udp,tcp") +
         line("CODECS IN", codecs(profile.inbound_codecs)) +
         line("CODECS OUT", codecs(profile.outbound_codecs)) +
         line("TEL-EVENT", std::to_string(profile.digits_payload_type)) +
         line("DTMF-MODE", "rfc2833") +
         line("SESSION-TO", std::to_string(profile.session_seconds)) +
         line("CALLS-IN", std::to_string(legs_of(profile, Way::In, targets))) +
         line("CALLS-OUT", std::to_string(legs_of(profile, Way::Out, targets))) +
         line("REGISTRATIONS", std::to_string(count)) + ruler();
}

std::string status_of(const std::vector<std::string>& words, const Targets& targets) {
  if (words.size() < 2) return all_profiles(targets);
  if (base::equal_ignoring_case(words[1], "gateway")) return kNoGateway;
  if (!base::equal_ignoring_case(words[1], "profile") || words.size() < 3) {
    return std::string(kUsage);
  }
  const call::SipProfile* profile = targets.around.find_profile(words[2]);
  if (profile == nullptr) return "Invalid Profile!\n";
  if (words.size() < 4) return profile_text(*profile, targets);
  if (!base::equal_ignoring_case(words[3], "reg")) return std::string(kUsage);
  return registrations(*profile, words.size() > 4 ? std::string_view(words[4]) : "", targets);
}

}  // namespace

Reply sofia(std::string_view arguments, Targets& targets) {
  const auto words = split_words(arguments, kWordsMax);
  if (words.empty()) return {.text = std::string(kUsage)};
  if (base::equal_ignoring_case(words[0], "status")) return {.text = status_of(words, targets)};
  if (!base::equal_ignoring_case(words[0], "profile") || words.size() < 3) {
    return {.text = std::string(kUsage)};
  }
  if (targets.around.find_profile(words[1]) == nullptr) return {.text = "Invalid Profile!\n"};
  const std::string verb = base::to_lower(words[2]);
  // Reads the configuration again, as reloadxml does; addresses and ports stay.
  if (verb == "rescan") {
    return {.text = {}, .kind = Reply::Kind::RereadConfiguration, .profile = words[1]};
  }
  if (verb == "register" || verb == "unregister" || verb == "killgw") {
    return {.text = kNoGateway};
  }
  if (verb == "start" || verb == "stop" || verb == "restart") {
    return {.text = "-ERR a profile starts and stops with the server\n"};
  }
  return {.text = std::string(kUsage)};
}

bool sofia_reads(std::string_view arguments) {
  const auto words = split_words(arguments, kWordsMax);
  return words.empty() || base::equal_ignoring_case(words[0], "status");
}

}  // namespace api
