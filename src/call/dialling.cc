#include "call/dialling.h"

#include <optional>
#include <utility>

#include "base/text.h"
#include "call/contacts.h"
#include "call/lookup.h"

namespace call {
namespace {

// A user's dial-string may name another user (an assistant's phone); a ring of users ends here.
constexpr int kUsersInARowMax = 4;
constexpr std::string_view kDefaultDialString =
    "${sofia_contact(*/${dialed_user}@${dialed_domain})}";

base::Result<Destination, Cause> first_destination(const Turn& turn, std::string_view text) {
  const auto parsed = parse_dial_string(text);
  if (!parsed) {
    turn.warn("dial string \"" + std::string(text.substr(0, 200)) + "\": " + parsed.error());
    return base::failure(Cause::DestinationOutOfOrder);
  }
  if (parsed->size() > 1) {
    turn.warn("of " + std::to_string(parsed->size()) + " destinations only " +
              parsed->first().endpoint + "/" + parsed->first().address + " is called");
  }
  return parsed->first();
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
base::Result<Destination, Cause> user_destination(const Turn& turn, Surroundings& around,
                                                  const Leg& member, const Destination& named) {
  const auto [user, domain] = user_and_domain(around, member, named.address);
  const DirectoryUser* known = around.directory().find(user, domain);
  if (known == nullptr) {
    turn.warn("user/" + user + "@" + domain + ": the directory has no such user");
    return base::failure(Cause::SubscriberAbsent);
  }
  LegLookup lookup(turn, around, member);
  lookup.add("dialed_user", user);
  lookup.add("dialed_domain", domain);
  lookup.add("dialed_ext", user);
  const std::string_view text =
      known->dial_string.empty() ? kDefaultDialString : std::string_view(known->dial_string);
  auto destination = first_destination(turn, dialplan::expand(text, lookup));
  if (!destination) return destination;
  // What the contact says counts more than what the directory says.
  destination->variables.insert(destination->variables.end(), named.variables.begin(),
                                named.variables.end());
  return destination;
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
    turn.warn("sofia/" + address + ": gateways are not served yet");
    return base::failure(Cause::InvalidGateway);
  }
  auto target = parse_sofia_address(address);
  if (!target) {
    turn.warn(target.error());
    return base::failure(Cause::InvalidUrl);
  }
  return *target;
}

base::Result<Dialled, Cause> sofia_destination(const Turn& turn, Surroundings& around,
                                               const Destination& destination) {
  auto target = sofia_target(turn, destination);
  if (!target) return base::failure(target.error());
  Dialled dialled;
  dialled.profile = around.find_profile(target->profile);
  if (dialled.profile == nullptr) {
    turn.warn("sofia/" + target->profile + ": there is no such SIP profile");
    return base::failure(Cause::InvalidProfile);
  }
  dialled.variables = destination.variables;
  dialled.target = std::move(*target);
  return dialled;
}

}  // namespace

base::Result<Dialled, Cause> dial(const Turn& turn, Surroundings& around, const Leg& member,
                                  std::string_view contact) {
  auto destination = first_destination(turn, expand_for(turn, around, member, contact));
  for (int users = 0; destination && destination->endpoint == "user"; ++users) {
    if (users >= kUsersInARowMax) return base::failure(Cause::ExchangeRoutingError);
    destination = user_destination(turn, around, member, *destination);
  }
  if (!destination) return base::failure(destination.error());
  if (destination->endpoint == "sofia") return sofia_destination(turn, around, *destination);
  if (destination->endpoint == "error") {
    return base::failure(parse_cause(destination->address).value_or(Cause::NormalUnspecified));
  }
  turn.warn("dial string: endpoint " + destination->endpoint + " is not served");
  return base::failure(Cause::DestinationOutOfOrder);
}

}  // namespace call
