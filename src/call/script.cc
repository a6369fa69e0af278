#include "call/script.h"

#include <vector>

#include "base/text.h"
#include "call/application_stack.h"
#include "call/requests.h"
#include "dialplan/applications.h"

namespace call {
namespace {

bool waits_for_script(const Leg& leg) {
  if (leg.runs<InScript>()) return true;
  const auto& suspended = leg.execution.suspended;
  return suspended && std::holds_alternative<InScript>(suspended->running);
}

void answer(Turn& turn, ScriptId script, std::uint64_t question, ScriptAnswered::Outcome outcome) {
  turn.out.emplace_back(ScriptAnswered{script, question, outcome});
}

// The data of the action: "SCRIPT QUESTION".
struct Way {
  ScriptId script;
  std::uint64_t question = 0;
};

std::string to_data(const ScriptAsked& asked) {
  return std::to_string(asked.script.value) + " " + std::to_string(asked.question);
}

Way parse_way(std::string_view data) {
  const std::size_t space = std::min(data.find(' '), data.size());
  const auto number = [](std::string_view text) {
    std::uint64_t value = 0;
    for (const char c : text) {
      if (c >= '0' && c <= '9') value = value * 10 + static_cast<std::uint64_t>(c - '0');
    }
    return value;
  };
  return {ScriptId{number(data.substr(0, space))}, number(data.substr(space))};
}

dialplan::Action action_of(std::string_view application, std::string_view data) {
  dialplan::Action action;
  action.application = application;
  action.data = data;
  return action;
}

// A leg of somebody else's: it runs what is asked before its next action, and one that is parked is
// parked again.
std::vector<dialplan::Action> actions_of(const Leg& leg, const ScriptAsked& asked) {
  std::vector<dialplan::Action> actions = {action_of(asked.application, asked.data),
                                           action_of(kBackToScript, to_data(asked))};
  if (leg.runs<Parked>()) actions.push_back(action_of("park", ""));
  return actions;
}

void put_before_next(Leg& leg, const std::vector<dialplan::Action>& actions) {
  auto& all = leg.execution.actions;
  // What has run is not needed any more: a script may ask for more than any dialplan does.
  all.erase(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(leg.execution.next));
  leg.execution.next = 0;
  all.insert(all.begin(), actions.begin(), actions.end());
}

}  // namespace

void run_lua(Turn& turn, Surroundings&, Leg& leg, const std::string& data) {
  const std::string command(base::trim(data));
  if (command.empty()) return turn.warn(leg, leg.name + ": lua without a script");
  if (leg.script) return turn.warn(leg, leg.name + ": lua in a script: there is one already");
  leg.script = ScriptId{++turn.state.scripts};
  leg.execution.running = InScript{};
  turn.out.emplace_back(StartScript{leg.script, leg.id, leg.uuid, command});
}

void go_back_to_script(Turn& turn, Leg& leg, std::string_view data) {
  const Way way = parse_way(data);
  // What a leg may run is bounded against loops of a dialplan; a script has bounds of its own.
  if (leg.script == way.script && leg.script) {
    leg.execution.executed = 0;
    leg.execution.running = InScript{};
  }
  answer(turn, way.script, way.question, ScriptAnswered::Outcome::Done);
}

void script_asked(Turn& turn, Surroundings& around, const ScriptAsked& asked) {
  Leg* leg = turn.leg(std::string_view(asked.uuid));
  const auto reply = [&](ScriptAnswered::Outcome outcome) {
    answer(turn, asked.script, asked.question, outcome);
  };
  if (leg == nullptr || leg->is_ending() || leg->phase == LegPhase::Opening) {
    return reply(ScriptAnswered::Outcome::NoSuchLeg);
  }
  const bool is_own = leg->script == asked.script && leg->script && waits_for_script(*leg);
  const bool is_busy = leg->bridge || leg->runs<InQueue>() || leg->offer;
  if (is_own || (!is_busy && !runs_at_once(asked.application))) {
    put_before_next(*leg, actions_of(*leg, asked));
    if (is_own) return application_over(turn, around, *leg);
    if (!leg->runs<Parked>()) return;
    leg->execution.running = NotRunning{};
    return run_applications(turn, around, *leg);
  }
  request_execution(turn, around, *leg, {asked.application, asked.data, 1});
  reply(ScriptAnswered::Outcome::Done);
}

void script_ended(Turn& turn, Surroundings& around, Leg& leg, const ScriptEnded& report) {
  if (leg.script != report.script) return;
  leg.script = {};
  if (waits_for_script(leg)) application_over(turn, around, leg);
}

void leave_scripts(Turn& turn, Leg& leg) {
  const auto& actions = leg.execution.actions;
  for (std::size_t i = leg.execution.next; i < actions.size(); ++i) {
    if (actions[i].application != kBackToScript) continue;
    const Way way = parse_way(actions[i].data);
    answer(turn, way.script, way.question, ScriptAnswered::Outcome::NoSuchLeg);
  }
  if (!leg.script) return;
  turn.out.emplace_back(LegLeftScript{leg.script});
  leg.script = {};
}

void forget_scripts(Turn& turn) {
  for (auto& [id, leg] : turn.state.legs) {
    if (!leg.script) continue;
    leg.script = {};
    if (leg.is_ending()) continue;
    turn.warn(leg, leg.name +
                       ": its script is gone with the process before this one; the dialplan "
                       "goes on with the next action");
    if (leg.execution.suspended && waits_for_script(leg)) {
      leg.execution.suspended->running = NotRunning{};
    } else if (leg.runs<InScript>()) {
      leg.execution.running = NotRunning{};
      turn.out.emplace_back(Continue{.leg = leg.id, .what = Continue::What::RunActions});
    }
  }
}

}  // namespace call
