#include "call/dialling.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/text.h"
#include "call/contacts.h"
#include "call/dial_text.h"
#include "call/lookup.h"

namespace call {
namespace {

constexpr std::string_view kDefaultDialString =
    "${sofia_contact(*/${dialed_user}@${dialed_domain})}";

// Dial strings that are called at the same time, as one sequence: their first groups together, then
// their second ones.
DialSequence side_by_side(DialString dial_string) {
  DialSequence all;
  for (DialSequence& sequence : dial_string.sequences) {
    if (sequence.size() > all.size()) all.resize(sequence.size());
    for (std::size_t i = 0; i < sequence.size(); ++i) {
      std::move(sequence[i].begin(), sequence[i].end(), std::back_inserter(all[i]));
    }
  }
  return all;
}

// ID[@DOMAIN]: the domain of the call unless one is named.
std::pair<std::string, std::string> user_and_domain(Surroundings& around, const Leg& member,
                                                    std::string_view address) {
  const std::size_t at = address.rfind('@');
  if (at != std::string_view::npos) {
    return {std::string(address.substr(0, at)), std::string(address.substr(at + 1))};
  }
  std::string domain(member.variables.get("domain_name"));
  if (domain.empty()) {
    const auto global = around.globals().find("domain");
    if (global != around.globals().end()) domain = global->second;
  }
  return {std::string(address), domain};
}

// What user/ADDRESS stands for.
Reached reach_user(const Turn& turn, Surroundings& around, const Leg& member,
                   const Destination& named) {
  const auto [user, domain] = user_and_domain(around, member, named.address);
  const DirectoryUser* known = around.directory().find(user, domain);
  if (known == nullptr) {
    turn.warn("user/" + user + "@" + domain + ": the directory has no such user");
    return Cause::SubscriberAbsent;
  }
  LegLookup lookup(turn, around, member);
  lookup.add("dialed_user", user);
  lookup.add("dialed_domain", domain);
  lookup.add("dialed_ext", user);
  const std::string text(known->dial_string.empty() ? kDefaultDialString : known->dial_string);
  auto dial_string = read_dial_string(turn, expand_dial_string(text, lookup));
  if (!dial_string) return dial_string.error();
  DialSequence sequence = side_by_side(std::move(*dial_string));
  // What the contact says counts more than what the directory says.
  for (DialGroup& group : sequence) {
    for (Destination& destination : group) {
      destination.variables.insert(destination.variables.end(), named.variables.begin(),
                                   named.variables.end());
    }
  }
  return sequence;
}

// sofia/PROFILE/user%domain calls a registered user of that profile.
base::Result<SofiaTarget, Cause> sofia_target(const Turn& turn, const Destination& destination) {
  std::string address = destination.address;
  const std::size_t percent = address.find('%');
  const std::size_t slash = address.find('/');
  if (percent != std::string::npos && address.find('@') == std::string::npos) {
    address[percent] = '@';
    const std::string found = registered_contacts(turn.state.registrations, address, turn.now);
    if (found == kNotRegistered) return base::failure(Cause::UserNotRegistered);
    address = base::split(found, ',').front().substr(std::string_view("sofia/").size());
  } else if (slash != std::string::npos && address.substr(0, slash) == "gateway") {
    const std::string_view rest = std::string_view(address).substr(slash + 1);
    turn.warn("sofia/" + address + ": there is no gateway " +
              std::string(rest.substr(0, rest.find('/'))));
    return base::failure(Cause::InvalidGateway);
  }
  auto target = parse_sofia_address(address);
  if (!target) {
    turn.warn(target.error());
    return base::failure(Cause::InvalidUrl);
  }
  return *target;
}

Reached reach_sofia(const Turn& turn, Surroundings& around, const Destination& destination) {
  auto target = sofia_target(turn, destination);
  if (!target) return target.error();
  Dialled dialled;
  dialled.profile = around.find_profile(target->profile);
  if (dialled.profile == nullptr) {
    turn.warn("sofia/" + target->profile + ": there is no such SIP profile");
    return Cause::InvalidProfile;
  }
  dialled.variables = destination.variables;
  dialled.target = std::move(*target);
  return dialled;
}

}  // namespace

base::Result<DialString, Cause> read_dial_string(const Turn& turn, std::string_view text) {
  auto parsed = parse_dial_string(text);
  if (!parsed) {
    turn.warn("dial string \"" + std::string(text.substr(0, 200)) + "\": " + parsed.error());
    return base::failure(Cause::DestinationOutOfOrder);
  }
  return std::move(*parsed);
}

base::Result<DialString, Cause> read_contact(const Turn& turn, Surroundings& around,
                                             const Leg& member, std::string_view contact) {
  LegLookup lookup(turn, around, member);
  return read_dial_string(turn, expand_dial_string(contact, lookup));
}

Reached reach(const Turn& turn, Surroundings& around, const Leg& member,
              const Destination& destination) {
  if (destination.endpoint == "user") return reach_user(turn, around, member, destination);
  if (destination.endpoint == "sofia") return reach_sofia(turn, around, destination);
  if (destination.endpoint == "loopback") return DialledExtension{};
  if (destination.endpoint == "error") {
    return parse_cause(destination.address).value_or(Cause::NormalUnspecified);
  }
  turn.warn("dial string: endpoint " + destination.endpoint + " is not served");
  return Cause::DestinationOutOfOrder;
}

}  // namespace call
