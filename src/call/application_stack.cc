#include "call/application_stack.h"

#include <utility>

#include "base/text.h"
#include "call/applications.h"
#include "call/hang_up.h"
#include "call/lookup.h"
#include "call/sounds.h"
#include "dialplan/routing.h"

namespace call {
namespace {

bool may_run(const Leg& leg) {
  return (leg.phase == LegPhase::Early || leg.is_up()) && leg.runs<NotRunning>() && !leg.bridge;
}

void run_next(Turn& turn, Surroundings& around, Leg& leg) {
  if (++leg.execution.executed > kActionsPerLegMax) {
    turn.warn(leg.name + ": hung up after " + std::to_string(kActionsPerLegMax) + " actions");
    return end_leg(turn, leg, Cause::ExchangeRoutingError, EndedBy::Us);
  }
  const dialplan::Action action = leg.execution.actions[leg.execution.next++];
  const Application run = find_application(action.application);
  if (run == nullptr) {
    turn.warn("application " + action.application + " is not known; the dialplan goes on");
    return;
  }
  const std::string data = expand_for(turn, around, leg, action.data);
  // A function in the data may have ended the leg.
  if (leg.is_ending()) return;
  leg.variables.set("current_application", action.application);
  leg.variables.set("current_application_data", data);
  run(turn, around, leg, data);
}

// "EXTENSION[:DIALPLAN[:CONTEXT]]", as transfer_after_bridge is written.
TransferTo parse_after_bridge(std::string_view text) {
  const auto parts = base::split(text, ':');
  return TransferTo{parts[0], parts.size() > 2 ? parts[2] : std::string()};
}

}  // namespace

bool route_leg(Turn& turn, Surroundings& around, Leg& leg) {
  const dialplan::Context* context = around.dialplan().find(leg.caller.context);
  if (context == nullptr) {
    turn.warn(leg.name + ": the dialplan has no context " + leg.caller.context);
    return false;
  }
  LegLookup lookup(turn, around, leg);
  dialplan::Routed routed = dialplan::route(*context, lookup, around.local_time());
  for (const std::string& problem : routed.problems) turn.warn(problem);
  if (routed.actions.empty()) return false;
  leg.execution.actions = std::move(routed.actions);
  leg.execution.next = 0;
  return true;
}

void transfer_leg(Turn& turn, Surroundings& around, Leg& leg, const TransferTo& to) {
  if (++leg.execution.transfers > kTransfersPerLegMax) {
    turn.warn(leg.name + ": transferred too often");
    return end_leg(turn, leg, Cause::ExchangeRoutingError, EndedBy::Us);
  }
  leg.caller.redirected_from = leg.caller.destination_number;
  leg.caller.destination_number = to.destination;
  if (!to.context.empty()) leg.caller.context = to.context;
  turn.state.deadlines.cancel(Purpose::of(Purpose::Kind::Sleep, leg.id));
  stop_sound(turn, leg);
  leg.execution.actions.clear();
  leg.execution.next = 0;
  leg.execution.running = NotRunning{};
  if (!route_leg(turn, around, leg)) {
    end_leg(turn, leg, Cause::NoRouteDestination, EndedBy::Us);
  }
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
  if (!leg.runs<Resuming>()) return;
  const std::string to(leg.variables.get("transfer_after_bridge"));
  leg.execution.running = NotRunning{};
  if (!to.empty()) transfer_leg(turn, around, leg, parse_after_bridge(to));
  run_applications(turn, around, leg);
}

}  // namespace call
