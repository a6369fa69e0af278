#include "call/requests.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "base/text.h"
#include "call/application_stack.h"
#include "call/applications.h"
#include "call/bridges.h"
#include "call/eavesdrop.h"
#include "call/fifo.h"
#include "call/inbound.h"
#include "call/lookup.h"
#include "call/sounds.h"
#include "call/voicemail.h"
#include "dialplan/applications.h"

namespace call {
namespace {

// Applications that are over when they return, so that they may run beside another; those that
// conditions may run are, too (dialplan::can_run_at_once).
constexpr auto kAtOnce = std::to_array<std::string_view>(
    {"answer", "bind_digit_action", "break", "callcenter_track", "clear_digit_action",
     "digit_action_set_realm", "flush_dtmf", "hangup", "limit_release", "pre_answer",
     "record_session", "ring_ready", "sched_broadcast", "sched_cancel", "sched_hangup",
     "sched_transfer", "send_dtmf", "stop_record_session"});

bool is_named(std::string_view application, std::string_view name) {
  return base::equal_ignoring_case(application, name);
}

void go_on_later(Turn& turn, const Leg& leg) {
  turn.out.emplace_back(Continue{leg.id, Continue::What::RunActions});
}

// Applications that the dialplan would run now, before its own next one.
void insert_actions(Leg& leg, const std::vector<dialplan::Action>& actions) {
  const auto next = leg.execution.actions.begin() + static_cast<std::ptrdiff_t>(leg.execution.next);
  leg.execution.actions.insert(next, actions.begin(), actions.end());
}

dialplan::Action action_of(std::string_view application, std::string_view data) {
  dialplan::Action action;
  action.application = application;
  action.data = data;
  return action;
}

// The leg is in no bridge any more. A caller leaves its queue first.
void send_away(Turn& turn, Surroundings& around, Leg& leg, const TransferTo& to) {
  if (const auto* waiting = std::get_if<InQueue>(&leg.execution.running)) {
    stop_sound(turn, leg);
    turn.out.emplace_back(queue::MemberLeft{waiting->member, queue::ExitCause::BreakOut});
    turn.out.emplace_back(Continue{leg.id, Continue::What::LeaveQueue, queue::ExitCause::BreakOut,
                                   to.destination, to.context});
    return;
  }
  transfer_leg(turn, around, leg, to);
  go_on_later(turn, leg);
}

// A sound that an application would play. Returns: whether it has found its place.
bool play_beside(Turn& turn, Leg& leg, std::string_view source) {
  progress_leg(turn, leg);
  // A phone that rings hears nothing yet.
  if (!leg.media.connected) return true;
  return play_aside(turn, leg, source);
}

void run_once(Turn& turn, Surroundings& around, Leg& leg, const ExecutionWanted& wanted) {
  const std::string data = expand_for(turn, around, leg, wanted.data);
  if (leg.is_ending()) return;
  find_application(wanted.application)(turn, around, leg, data);
}

// `park` behind them keeps a parked leg parked.
Requested insert_executions(Turn& turn, Leg& leg, const ExecutionWanted& wanted, int times) {
  constexpr std::size_t kActionsMax = 1000;
  if (leg.execution.actions.size() > kActionsMax) return Requested::NotNow;
  std::vector<dialplan::Action> actions(static_cast<std::size_t>(times),
                                        action_of(wanted.application, wanted.data));
  const bool parked = leg.runs<Parked>();
  if (parked) actions.push_back(action_of("park", ""));
  insert_actions(leg, actions);
  if (parked) {
    leg.execution.running = NotRunning{};
    go_on_later(turn, leg);
  }
  return Requested::Done;
}

Requested transfer_by_application(Turn& turn, Surroundings& around, Leg& leg,
                                  const ExecutionWanted& wanted) {
  auto words = base::split(expand_for(turn, around, leg, wanted.data), ' ');
  std::erase_if(words, [](const std::string& word) { return word.empty(); });
  if (words.empty()) return Requested::Done;
  return request_transfer(turn, around, leg, Whom::Leg,
                          {words[0], words.size() > 2 ? words[2] : std::string()});
}

}  // namespace

bool runs_at_once(std::string_view application) {
  return dialplan::can_run_at_once(application) ||
         std::any_of(kAtOnce.begin(), kAtOnce.end(),
                     [&](std::string_view name) { return is_named(application, name); });
}

bool may_be_transferred(const Leg& leg) {
  if (leg.is_ending() || leg.phase == LegPhase::Opening) return false;
  if (leg.direction == Direction::Outbound && !leg.is_up()) return false;
  const auto* waiting = std::get_if<InQueue>(&leg.execution.running);
  if (waiting != nullptr && !waiting->member) return false;
  // Until it is bridged, an agent's leg belongs to its offer.
  return !leg.offer || leg.bridge;
}

Requested request_transfer(Turn& turn, Surroundings& around, Leg& leg, Whom whom,
                           const TransferTo& to) {
  Leg* partner = turn.leg(leg.bridge);
  if (whom == Whom::Partner && partner == nullptr) return Requested::NoSuchLeg;
  std::vector<Leg*> going;
  if (whom != Whom::Partner) going.push_back(&leg);
  if (whom != Whom::Leg && partner != nullptr) going.push_back(partner);
  for (const Leg* one : going) {
    if (!may_be_transferred(*one)) return Requested::NotNow;
  }
  if (leg.bridge) {
    leave_bridge(turn, *going[0], going.size() > 1 ? LeftLeg::StaysIdle : LeftLeg::GoesItsWay);
  }
  for (Leg* one : going) send_away(turn, around, *one, to);
  return Requested::Done;
}

Requested request_execution(Turn& turn, Surroundings& around, Leg& leg,
                            const ExecutionWanted& wanted) {
  if (leg.is_ending()) return Requested::NoSuchLeg;
  if (leg.phase == LegPhase::Opening) return Requested::NotNow;
  if (is_named(wanted.application, "transfer")) {
    return transfer_by_application(turn, around, leg, wanted);
  }
  if (find_application(wanted.application) == nullptr) {
    turn.warn(leg,
              leg.name + ": application " + wanted.application.substr(0, 80) + " is not known");
    return Requested::Done;
  }
  const int times = std::clamp(wanted.times, 1, kExecutionTimesMax);
  if (runs_at_once(wanted.application)) {
    for (int i = 0; i < times && !leg.is_ending(); ++i) run_once(turn, around, leg, wanted);
    return Requested::Done;
  }
  const bool is_busy = leg.bridge || leg.runs<InQueue>() || leg.offer || is_in_fifo(leg);
  if (!is_busy) return insert_executions(turn, leg, wanted, times);
  if (!is_named(wanted.application, "playback")) {
    turn.warn(
        leg, leg.name + ": " + wanted.application + " is not run beside a queue or a conversation");
    return Requested::Done;
  }
  const std::string source = expand_for(turn, around, leg, wanted.data);
  if (leg.is_ending() || base::trim(source).empty()) return Requested::Done;
  bool fits = true;
  for (int i = 0; i < times; ++i) fits = play_beside(turn, leg, base::trim(source)) && fits;
  return fits ? Requested::Done : Requested::NotNow;
}

Requested request_broadcast(Turn& turn, Surroundings& around, Leg& leg, Whom whom,
                            std::string_view what) {
  const base::LegId partner = leg.bridge;
  if (whom == Whom::Partner && !partner) return Requested::NoSuchLeg;
  const std::size_t colons = what.find("::");
  // What stands behind the name of a sound is part of it: tone_stream://… has no double colon.
  const bool is_sound = colons == std::string_view::npos;
  const auto to_one = [&](Leg& one) {
    if (!is_sound) {
      return request_execution(
          turn, around, one,
          {std::string(what.substr(0, colons)), std::string(what.substr(colons + 2)), 1});
    }
    if (one.phase == LegPhase::Opening) return Requested::NotNow;
    return play_beside(turn, one, what) ? Requested::Done : Requested::NotNow;
  };
  Requested result = Requested::Done;
  if (whom != Whom::Partner) result = to_one(leg);
  if (whom == Whom::Leg) return result;
  Leg* other = turn.leg(partner);
  return other == nullptr || other->is_ending() ? result : to_one(*other);
}

void request_break(Turn& turn, Surroundings& around, Leg& leg, BreakOff what) {
  if (break_aside(turn, leg, what) || break_voicemail(turn, around, leg)) return;
  if (!leg.runs<Playing>() && !leg.runs<Eavesdropping>()) return;
  stop_sound(turn, leg);
  stop_eavesdropping(turn, leg);
  application_over(turn, around, leg);
}

}  // namespace call
