#include "call/loopback.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "base/text.h"
#include "call/application_stack.h"
#include "call/channel_data.h"
#include "call/channel_state.h"
#include "call/dialling.h"
#include "call/hang_up.h"
#include "call/offer_leg.h"
#include "call/ringing.h"

namespace call {
namespace {

// What means something without a phone.
constexpr std::array<std::string_view, 10> kApplications = {
    "answer",     "export", "hangup", "log",      "pre_answer",
    "ring_ready", "set",    "sleep",  "transfer", "unset"};

// Variables of the contact that are about its phones, not about the extension.
constexpr std::array<std::string_view, 6> kOfPhones = {
    "leg_timeout",    "call_timeout",      "originate_timeout",
    "group_confirm_", "execute_on_answer", "execute_on_pre_bridge"};

bool is_about_phones(std::string_view name) {
  return std::any_of(kOfPhones.begin(), kOfPhones.end(), [&](std::string_view start) {
    return base::equal_ignoring_case(name.substr(0, start.size()), start);
  });
}

// Weakest first.
DialVariables handed_on(const Leg& leg) {
  DialVariables variables;
  for (const auto& [name, value] : leg.variables.all()) {
    if (is_about_phones(name)) variables.emplace_back(name, value);
  }
  for (const char* part : {"name", "number"}) {
    const auto shown = leg.variables.get(std::string("effective_caller_id_") + part);
    if (!shown.empty()) {
      variables.emplace_back(std::string("origination_caller_id_") + part, shown);
    }
  }
  for (const std::string& name : base::split(leg.variables.get("export_vars"), ',')) {
    constexpr std::string_view kNoLocal = "_nolocal_";
    const std::string* value = leg.variables.find(base::trim(name));
    if (value == nullptr) continue;
    const bool prefixed = name.rfind(kNoLocal, 0) == 0;
    variables.emplace_back(prefixed ? name.substr(kNoLocal.size()) : name, *value);
  }
  return variables;
}

bool makes_sense(std::string_view application) {
  return std::any_of(kApplications.begin(), kApplications.end(), [&](std::string_view name) {
    return base::equal_ignoring_case(name, application);
  });
}

void bridge_loopback(Turn& turn, Surroundings& around, Leg& leg, std::string_view data) {
  auto dial_string = read_contact(turn, around, leg, data);
  if (leg.is_ending()) return;
  if (!dial_string) return end_leg(turn, leg, dial_string.error(), EndedBy::Us);
  const DialVariables variables = handed_on(leg);
  for (DialSequence& sequence : dial_string->sequences) {
    for (DialGroup& group : sequence) {
      for (Destination& destination : group) {
        destination.variables.insert(destination.variables.begin(), variables.begin(),
                                     variables.end());
      }
    }
  }
  call_instead(turn, leg, std::move(*dial_string));
  end_leg(turn, leg, Cause::NormalClearing, EndedBy::Us);
}

}  // namespace

base::LegId call_loopback(Turn& turn, const Offer& offer, const Leg& member,
                          const Destination& destination) {
  const auto parts = base::split(destination.address, '/');
  const std::string context =
      parts.size() > 1 && !parts[1].empty() ? parts[1] : std::string(kLoopbackContext);
  Leg& leg = make_leg(turn, next_outbound_id(turn), Direction::Outbound);
  leg.offer = offer.id;
  leg.phase = LegPhase::Early;
  describe_loopback_leg(turn, leg, offer, member, destination);
  leg.name = "loopback/" + parts[0] + "-a";
  leg.variables.set("channel_name", leg.name);
  leg.caller.destination_number = parts[0];
  leg.caller.context = context;
  arm_timeouts(turn, offer, leg);
  publish(turn, leg, "CHANNEL_CREATE");
  tell_state(turn, leg);
  // The offer holds the leg by then: what the extension does may end it at once.
  // Its first action has no name, which no dialplan can write: it takes the leg to its extension.
  leg.execution.actions = {dialplan::Action{}};
  turn.out.emplace_back(Continue{.leg = leg.id, .what = Continue::What::RunActions});
  return leg.id;
}

bool is_loopback(const Leg& leg) {
  return leg.direction == Direction::Outbound && leg.profile.empty();
}

bool run_on_loopback(Turn& turn, Surroundings& around, Leg& leg, const dialplan::Action& action) {
  if (action.application.empty()) {
    if (!route_leg(turn, around, leg)) {
      end_leg(turn, leg, Cause::NoRouteDestination, EndedBy::Us);
    }
    return true;
  }
  if (base::equal_ignoring_case(action.application, "bridge")) {
    bridge_loopback(turn, around, leg, action.data);
    return true;
  }
  if (makes_sense(action.application)) return false;
  turn.warn(leg.name + ": " + action.application +
            " is not run without a phone; the dialplan goes on");
  return true;
}

}  // namespace call
