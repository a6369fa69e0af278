#include "call/eavesdrop.h"

#include <optional>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "call/application_stack.h"
#include "call/inbound.h"
#include "call/loopback.h"

namespace call {
namespace {

bool is_listened_to(const Turn& turn, const Leg& leg) {
  const auto first = turn.state.eavesdroppers.lower_bound({leg.id, base::LegId{}});
  return first != turn.state.eavesdroppers.end() && first->first == leg.id;
}

// As the original has it: where the one asks for a group, the other has to be of it.
bool is_of_group(const Leg& watched, const Leg& leg) {
  const std::string_view group = leg.variables.get("eavesdrop_require_group");
  return group.empty() || watched.variables.get("eavesdrop_group") == group;
}

// Why not; nullptr: it may.
const char* refusal(const Turn& turn, const Leg& leg, const Leg* watched) {
  if (watched == nullptr || watched->is_ending() || watched->phase == LegPhase::Opening) {
    return "there is no such call";
  }
  if (watched->id == leg.id) return "a call cannot listen to itself";
  if (is_loopback(*watched)) return "that call has no sound of its own";
  if (eavesdropping_of(*watched) != nullptr) return "that call listens to another one";
  if (is_listened_to(turn, leg)) return "somebody listens to the call that asks";
  if (!is_of_group(*watched, leg)) return "that call is not of the required eavesdrop_group";
  return nullptr;
}

HeardBy heard_from_the_start(const Leg& leg) {
  const bool watched = leg.variables.is_true("eavesdrop_whisper_aleg");
  const bool other = leg.variables.is_true("eavesdrop_whisper_bleg");
  if (watched && other) return HeardBy::Both;
  if (watched) return HeardBy::Watched;
  return other ? HeardBy::Other : HeardBy::Nobody;
}

// nullopt: the key says nothing about it.
std::optional<HeardBy> heard_by(std::string_view digit) {
  if (digit == "0") return HeardBy::Nobody;
  if (digit == "1") return HeardBy::Other;
  if (digit == "2") return HeardBy::Watched;
  if (digit == "3") return HeardBy::Both;
  return std::nullopt;
}

bool takes_digits(const Leg& leg) {
  return leg.variables.find("eavesdrop_enable_dtmf") == nullptr ||
         leg.variables.is_true("eavesdrop_enable_dtmf");
}

void order(Turn& turn, const Leg& leg, const Eavesdropping& now) {
  turn.out.emplace_back(StartEavesdropping{leg.id, now.watched, now.heard_by});
}

}  // namespace

const Eavesdropping* eavesdropping_of(const Leg& leg) {
  const Execution& execution = leg.execution;
  const auto* found = std::get_if<Eavesdropping>(&execution.running);
  if (found != nullptr || !execution.suspended) return found;
  return std::get_if<Eavesdropping>(&execution.suspended->running);
}

void run_eavesdrop(Turn& turn, Surroundings&, Leg& leg, const std::string& data) {
  const std::string uuid(base::trim(data));
  const auto refuse = [&](const char* why) {
    turn.warn(leg, leg.name + ": eavesdrop " + uuid.substr(0, 80) + ": " + why);
  };
  if (base::equal_ignoring_case(uuid, "all")) {
    return refuse("all is not supported, a call has to be named");
  }
  const Leg* watched = turn.leg(std::string_view(uuid));
  if (const char* why = refusal(turn, leg, watched)) return refuse(why);
  // A call that is not answered yet hears it as early media.
  progress_leg(turn, leg);
  const Eavesdropping now{.watched = watched->id, .heard_by = heard_from_the_start(leg)};
  leg.execution.running = now;
  turn.state.eavesdroppers.emplace(now.watched, leg.id);
  order(turn, leg, now);
}

void digit_while_eavesdropping(Turn& turn, Surroundings& around, Leg& leg,
                               const std::string& digit) {
  if (!takes_digits(leg)) return;
  if (digit == "*") {
    stop_eavesdropping(turn, leg);
    return application_over(turn, around, leg);
  }
  auto& now = std::get<Eavesdropping>(leg.execution.running);
  const auto wanted = heard_by(digit);
  if (!wanted || *wanted == now.heard_by) return;
  now.heard_by = *wanted;
  order(turn, leg, now);
}

void stop_eavesdropping(Turn& turn, Leg& leg) {
  const Eavesdropping* found = eavesdropping_of(leg);
  if (found == nullptr) return;
  turn.state.eavesdroppers.erase({found->watched, leg.id});
  if (!leg.is_ending()) turn.out.emplace_back(StopEavesdropping{leg.id});
  Execution& execution = leg.execution;
  (execution.suspended ? execution.suspended->running : execution.running) = NotRunning{};
}

void leave_ended_leg(Turn& turn, const Leg& ended) {
  std::vector<base::LegId> listeners;
  const auto& all = turn.state.eavesdroppers;
  for (auto at = all.lower_bound({ended.id, base::LegId{}});
       at != all.end() && at->first == ended.id; ++at) {
    listeners.push_back(at->second);
  }
  for (const base::LegId id : listeners) {
    stop_eavesdropping(turn, *turn.leg(id));
    turn.out.emplace_back(Continue{.leg = id, .what = Continue::What::RunActions});
  }
}

void resume_eavesdropping(Turn& turn, const Leg& leg) {
  if (const Eavesdropping* now = eavesdropping_of(leg)) order(turn, leg, *now);
}

}  // namespace call
