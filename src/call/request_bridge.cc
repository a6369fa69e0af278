#include "call/request_bridge.h"

#include <utility>

#include "call/bridge_call.h"
#include "call/bridges.h"
#include "call/eavesdrop.h"
#include "call/parking.h"
#include "call/requests.h"
#include "call/script.h"
#include "call/sounds.h"
#include "call/voicemail.h"

namespace call {
namespace {

bool may_be_bridged(const Leg& leg) {
  return leg.is_up() && may_be_transferred(leg);
}

void take_out(Turn& turn, Leg& leg) {
  if (leg.runs<Parked>()) return;
  leave_scripts(turn, leg);
  dialplan::Action park;
  park.application = "park";
  leg.execution.actions = {std::move(park)};
  leg.execution.next = 0;
  if (const auto* waiting = std::get_if<InQueue>(&leg.execution.running)) {
    stop_sound(turn, leg);
    turn.out.emplace_back(queue::MemberLeft{waiting->member, queue::ExitCause::BreakOut});
    turn.out.emplace_back(Continue{leg.id, Continue::What::LeaveQueue, queue::ExitCause::BreakOut});
    return;
  }
  if (leg.bridge) {
    leave_bridge(turn, leg, LeftLeg::GoesItsWay);
  } else {
    cancel_waiting(turn, leg);
    stop_sound(turn, leg);
    stop_calling(turn, leg);
    stop_eavesdropping(turn, leg);
    leave_voicemail(turn, leg);
  }
  leg.execution.running = NotRunning{};
  turn.out.emplace_back(Continue{.leg = leg.id, .what = Continue::What::RunActions});
}

}  // namespace

Requested request_bridge(Turn& turn, Leg& leg, Leg& other) {
  const bool is_possible =
      leg.id != other.id && leg.bridge != other.id && may_be_bridged(leg) && may_be_bridged(other);
  if (!is_possible) return Requested::NotNow;
  take_out(turn, leg);
  take_out(turn, other);
  turn.out.emplace_back(Continue{.leg = leg.id, .what = Continue::What::Bridge, .other = other.id});
  return Requested::Done;
}

void bridge_as_requested(Turn& turn, Leg& leg, base::LegId other) {
  Leg* second = turn.leg(other);
  const bool are_there = second != nullptr && leg.runs<Parked>() && second->runs<Parked>() &&
                         leg.is_up() && second->is_up();
  if (!are_there) return turn.warn(leg, leg.name + ": it is not bridged, one of the two has gone");
  leave_park(turn, leg);
  leave_park(turn, *second);
  leg.execution.running = NotRunning{};
  second->execution.running = NotRunning{};
  bridge_legs(turn, leg, *second);
}

}  // namespace call
