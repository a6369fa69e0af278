// callcenter.conf beside the rest: whom agents' contacts reach, and who serves which queue.
#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "base/text.h"
#include "call/dial_string.h"
#include "config/reviewed.h"
#include "queue/names.h"

namespace config {
namespace {

// Where the elements of one name stand, by their name=.
std::map<std::string, Place> places_of(const Element& configuration, std::string_view list,
                                       std::string_view item) {
  std::map<std::string, Place> places;
  for (const auto& group : configuration.children) {
    if (group.name != list) continue;
    for (const auto& child : group.children) {
      const std::string* const name = child.attribute("name");
      if (child.name == item && name != nullptr) places.emplace(*name, child.place);
    }
  }
  return places;
}

// Why nobody is reached by one destination of a contact; empty: somebody may be.
class Reach {
 public:
  explicit Reach(const core::Configuration& configuration) : configuration_(configuration) {}

  std::string why_nobody(const call::Destination& destination) const {
    const std::string& address = destination.address;
    if (is_open(address)) return {};
    if (destination.endpoint == "user") return why_no_user(address);
    if (destination.endpoint == "sofia") return why_no_phone(address);
    if (destination.endpoint == "loopback") return why_no_extension(address);
    if (destination.endpoint == "error") return {};
    return "endpoint " + destination.endpoint + " is not there";
  }

 private:
  std::string why_no_user(const std::string& address) const {
    const std::size_t at = address.rfind('@');
    const std::string user = address.substr(0, at);
    const std::string domain =
        at == std::string::npos ? configuration_.globals.at("domain") : address.substr(at + 1);
    if (configuration_.directory.find(user, domain) != nullptr) return {};
    return "the directory has no user " + user + "@" + domain;
  }

  std::string why_no_phone(const std::string& address) const {
    const std::string first = address.substr(0, address.find('/'));
    if (first == "gateway") return "gateways are not supported yet (sofia/" + address + ")";
    const auto& profiles = configuration_.profiles;
    const bool known = std::any_of(profiles.begin(), profiles.end(),
                                   [&](const auto& profile) { return profile.name == first; });
    if (!known) return "there is no SIP profile " + first;
    if (address.find('%') != std::string::npos) return {};
    const auto target = call::parse_sofia_address(address);
    return target ? std::string() : target.error();
  }

  // EXTENSION[/CONTEXT]
  std::string why_no_extension(const std::string& address) const {
    const auto parts = base::split(address, '/');
    if (parts.size() < 2 || configuration_.dialplan.find(parts[1]) != nullptr) return {};
    return "there is no context " + parts[1];
  }

  const core::Configuration& configuration_;
};

void review_contact(const queue::AgentSettings& agent, const Place& place,
                    const Reviewed& reviewed) {
  const std::string what = "agent " + agent.name;
  const std::string contact = agent.contact.value_or("");
  review_functions(contact, place, what, reviewed);
  if (contact.empty()) {
    reviewed.problems.warning(place, what +
                                         " has no contact; it is called when callcenter_config "
                                         "has given it one");
    return;
  }
  const auto dialled = call::parse_dial_string(contact);
  if (!dialled) {
    // What is open may become another text.
    if (is_open(contact)) return;
    reviewed.problems.error(place, what + " cannot work: contact: " + dialled.error());
    return;
  }
  const Reach reach(reviewed.configuration);
  std::vector<std::string> reasons;
  for (const auto& sequence : dialled->sequences) {
    for (const auto& group : sequence) {
      for (const auto& destination : group) {
        std::string why = reach.why_nobody(destination);
        if (!why.empty()) reasons.push_back(std::move(why));
      }
    }
  }
  const bool nobody = reasons.size() == dialled->size();
  for (const std::string& why : reasons) {
    if (nobody) {
      reviewed.problems.error(place, what + " cannot work: " + why);
    } else {
      reviewed.problems.warning(place, what + ": " + why + "; the rest of its contact is called");
    }
  }
}

void review_agents(const Element& configuration, const Reviewed& reviewed) {
  const auto& center = reviewed.configuration.call_center;
  const auto places = places_of(configuration, "agents", "agent");
  for (const auto& agent : center.agents) {
    const auto place = places.find(agent.name);
    if (place == places.end()) continue;
    const bool is_called = !base::equal_ignoring_case(agent.type, "uuid-standby");
    if (is_called) review_contact(agent, place->second, reviewed);
    const bool serves = std::any_of(center.tiers.begin(), center.tiers.end(),
                                    [&](const auto& tier) { return tier.agent == agent.name; });
    if (serves) continue;
    reviewed.problems.note(place->second, "agent " + agent.name +
                                              " has no tier here, so no queue asks it until "
                                              "callcenter_config adds one");
  }
}

void review_queue(const queue::QueueSettings& queue, const Place& place, std::size_t agents,
                  const Reviewed& reviewed) {
  const std::string what = "queue " + queue.name;
  reviewed.problems.used(place, what + ": " + queue.strategy + ", " + std::to_string(agents) +
                                    (agents == 1 ? " agent" : " agents"));
  review_sound(queue.moh_sound, place, what + ": moh-sound", reviewed);
  review_sound(queue.announce_sound, place, what + ": announce-sound", reviewed);
  review_functions(queue.record_template, place, what + ": record-template", reviewed);
  if (agents > 0) return;
  reviewed.problems.note(place, what +
                                    " has no tiers here, so nobody is asked until "
                                    "callcenter_config adds one");
}

void review_queues(const Element& configuration, const Reviewed& reviewed) {
  const auto& center = reviewed.configuration.call_center;
  const auto places = places_of(configuration, "queues", "queue");
  for (const auto& queue : center.queues) {
    const auto place = places.find(queue.name);
    if (place == places.end()) continue;
    const auto agents = std::count_if(
        center.tiers.begin(), center.tiers.end(),
        [&](const auto& tier) { return base::equal_ignoring_case(tier.queue, queue.name); });
    review_queue(queue, place->second, static_cast<std::size_t>(agents), reviewed);
  }
}

}  // namespace

void review_call_center(const Element& configuration, const Reviewed& reviewed) {
  const auto& center = reviewed.configuration.call_center;
  for (const auto& group : configuration.children) {
    if (group.name == "agents" && !center.agents.empty()) {
      reviewed.problems.used(group.place, "agents: " + std::to_string(center.agents.size()));
    }
    if (group.name == "tiers" && !center.tiers.empty()) {
      reviewed.problems.used(group.place, "tiers: " + std::to_string(center.tiers.size()));
    }
  }
  review_queues(configuration, reviewed);
  review_agents(configuration, reviewed);
}

}  // namespace config
