#include "call/application_stack.h"

#include <cstddef>
#include <cstdlib>
#include <iterator>
#include <utility>

#include "base/text.h"
#include "call/applications.h"
#include "call/bridge_call.h"
#include "call/channel_state.h"
#include "call/eavesdrop.h"
#include "call/fifo.h"
#include "call/hang_up.h"
#include "call/limit.h"
#include "call/lookup.h"
#include "call/loopback.h"
#include "call/parking.h"
#include "call/script.h"
#include "call/sounds.h"
#include "call/voicemail.h"
#include "dialplan/routing.h"
#include "dialplan/time_zone.h"

namespace call {
namespace {

bool may_run(const Leg& leg) {
  return (leg.phase == LegPhase::Early || leg.is_up()) && leg.runs<NotRunning>() && !leg.bridge;
}

void carry_out(Turn& turn, Surroundings& around, Leg& leg, const dialplan::Action& action) {
  if (action.application == kBackToScript) return go_back_to_script(turn, leg, action.data);
  const Application run = find_application(action.application);
  if (run == nullptr) {
    turn.out.emplace_back(LogMade{LogMade::Level::Error,
                                  (action.place.empty() ? leg.name : action.place) +
                                      ": unknown application " + action.application +
                                      "; the dialplan goes on with the next action",
                                  leg.uuid});
    return;
  }
  const std::string data = expand_data(turn, around, leg, action);
  // A function in the data may have ended the leg.
  if (leg.is_ending()) return;
  leg.variables.set("current_application", action.application);
  leg.variables.set("current_application_data", data);
  run(turn, around, leg, data);
}

void run_next(Turn& turn, Surroundings& around, Leg& leg) {
  let_go_of_actions(turn.state, leg);
  if (++leg.execution.executed > kActionsPerLegMax) {
    turn.warn(leg, leg.name + ": hung up after " + std::to_string(kActionsPerLegMax) + " actions");
    return end_leg(turn, leg, Cause::ExchangeRoutingError, EndedBy::Us);
  }
  const dialplan::Action action = leg.execution.actions[leg.execution.next++];
  if (is_loopback(leg) && run_on_loopback(turn, around, leg, action)) return;
  carry_out(turn, around, leg, action);
}

// The leg as the dialplan asks about it while it looks for actions.
class RoutedLeg : public dialplan::RoutedCall {
 public:
  RoutedLeg(Turn& turn, Surroundings& around, Leg& leg)
      : turn_(turn), around_(around), leg_(leg), lookup_(turn, around, leg) {}

  std::optional<std::string> variable(std::string_view name) override {
    return lookup_.variable(name);
  }
  std::string function(std::string_view name, std::string_view arguments) override {
    return lookup_.function(name, arguments);
  }

  dialplan::LocalTime local_time(std::optional<int> utc_offset_hours) override {
    const std::string zone = zone_for(utc_offset_hours);
    if (zone.empty()) return around_.local_time();
    const std::int64_t unix_seconds = turn_.state.anchor.unix_seconds(turn_.now);
    if (const auto time = around_.local_time_in(zone, unix_seconds)) return *time;
    turn_.warn(leg_, leg_.name + ": unknown time zone " + zone + "; the server's own is used");
    return around_.local_time();
  }

  void run_now(const dialplan::Action& action) override {
    if (leg_.is_ending()) return;
    ++leg_.execution.executed;
    carry_out(turn_, around_, leg_, action);
  }

 private:
  // What the condition says goes before the variables. Empty: the server's.
  std::string zone_for(std::optional<int> utc_offset_hours) {
    const auto offset = variable("tod_tz_offset");
    const auto hours = utc_offset_hours ? utc_offset_hours : offset_of(offset.value_or(""));
    if (hours) return dialplan::zone_ahead_of_utc(*hours);
    return variable("timezone").value_or("");
  }
  static std::optional<int> offset_of(std::string_view text) {
    const auto hours = base::parse_integer(base::trim(text));
    if (!hours || std::abs(*hours) > dialplan::kOffsetHoursMax) return std::nullopt;
    return static_cast<int>(*hours);
  }

  Turn& turn_;
  Surroundings& around_;
  Leg& leg_;
  LegLookup lookup_;
};

// "EXTENSION[:DIALPLAN[:CONTEXT]]", as transfer_after_bridge is written.
TransferTo parse_after_bridge(std::string_view text) {
  const auto parts = base::split(text, ':');
  return TransferTo{parts[0], parts.size() > 2 ? parts[2] : std::string()};
}

}  // namespace

namespace {

// Empty: nothing fits the leg's destination in its context.
std::vector<dialplan::Action> find_actions(Turn& turn, Surroundings& around, Leg& leg) {
  const dialplan::Context* context = around.dialplan().find(leg.caller.context);
  if (context == nullptr) {
    turn.warn(leg, leg.name + ": the dialplan has no context " + leg.caller.context);
    return {};
  }
  RoutedLeg routed_leg(turn, around, leg);
  dialplan::Routed routed = dialplan::route(*context, routed_leg);
  for (const std::string& problem : routed.problems) turn.warn(leg, problem);
  return std::move(routed.actions);
}

}  // namespace

bool route_leg(Turn& turn, Surroundings& around, Leg& leg) {
  auto actions = find_actions(turn, around, leg);
  if (actions.empty()) return false;
  leg.execution.actions = std::move(actions);
  leg.execution.next = 0;
  return true;
}

bool insert_extension(Turn& turn, Surroundings& around, Leg& leg, const TransferTo& to) {
  if (++leg.execution.transfers > kTransfersPerLegMax) return false;
  const CallerProfile here = leg.caller;
  leg.caller.destination_number = to.destination;
  if (!to.context.empty()) leg.caller.context = to.context;
  auto found = find_actions(turn, around, leg);
  leg.caller = here;
  auto& actions = leg.execution.actions;
  // What has run is not needed any more.
  actions.erase(actions.begin(), actions.begin() + static_cast<std::ptrdiff_t>(leg.execution.next));
  leg.execution.next = 0;
  if (found.empty() || found.size() + actions.size() > kActionsPerLegMax) return false;
  actions.insert(actions.begin(), std::make_move_iterator(found.begin()),
                 std::make_move_iterator(found.end()));
  return true;
}

void transfer_leg(Turn& turn, Surroundings& around, Leg& leg, const TransferTo& to) {
  if (++leg.execution.transfers > kTransfersPerLegMax) {
    turn.warn(leg, leg.name + ": transferred too often");
    return end_leg(turn, leg, Cause::ExchangeRoutingError, EndedBy::Us);
  }
  if (to.limits == TransferTo::Limits::LetGo) let_go_for_transfer(turn.state, leg);
  leg.caller.redirected_from = leg.caller.destination_number;
  leg.caller.destination_number = to.destination;
  if (!to.context.empty()) leg.caller.context = to.context;
  cancel_waiting(turn, leg);
  stop_sound(turn, leg);
  leave_scripts(turn, leg);
  leg.execution.actions.clear();
  leg.execution.next = 0;
  leave_park(turn, leg);
  stop_calling(turn, leg);
  stop_eavesdropping(turn, leg);
  leave_voicemail(turn, leg);
  leg.execution.running = NotRunning{};
  tell_passing_state(turn, leg, ChannelState::Routing);
  if (!route_leg(turn, around, leg)) {
    return end_leg(turn, leg, Cause::NoRouteDestination, EndedBy::Us);
  }
  tell_state(turn, leg);
}

void run_applications(Turn& turn, Surroundings& around, Leg& leg) {
  while (may_run(leg)) {
    if (leg.execution.next >= leg.execution.actions.size()) {
      return end_leg(turn, leg, Cause::NormalClearing, EndedBy::Us);
    }
    run_next(turn, around, leg);
  }
}

void application_over(Turn& turn, Surroundings& around, Leg& leg) {
  if (leg.is_ending()) return;
  if (auto& suspended = leg.execution.suspended) {
    // It was over while prompts were heard; the next action waits for their end.
    suspended->running = NotRunning{};
    return;
  }
  leg.execution.running = NotRunning{};
  run_applications(turn, around, leg);
}

void go_on_after_conversation(Turn& turn, Surroundings& around, Leg& leg) {
  if (is_in_fifo(leg)) return go_on_in_fifo(turn, around, leg);
  if (!leg.runs<Resuming>()) return;
  const std::string to(leg.variables.get("transfer_after_bridge"));
  leg.execution.running = NotRunning{};
  if (!to.empty()) transfer_leg(turn, around, leg, parse_after_bridge(to));
  run_applications(turn, around, leg);
}

}  // namespace call
