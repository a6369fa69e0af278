#include "app/traffic.h"

#include <algorithm>
#include <variant>

namespace app {
namespace {

// Where nothing was recorded to learn from.
constexpr std::chrono::seconds kRingGuess{5};
constexpr std::chrono::seconds kTalkGuess{180};

base::Duration median_of(std::vector<base::Duration> durations, base::Duration otherwise) {
  if (durations.empty()) return otherwise;
  const auto middle = durations.begin() + static_cast<std::ptrdiff_t>(durations.size() / 2);
  std::nth_element(durations.begin(), middle, durations.end());
  return *middle;
}

// What a phone said when its offer failed so; nullopt: the phone was not asked to the end.
std::optional<int> status_of(std::string_view cause) {
  if (cause == "ORIGINATOR_CANCEL" || cause == "LOSE_RACE") return std::nullopt;
  if (cause == "NO_ANSWER" || cause == "ALLOTTED_TIMEOUT") return 0;
  if (cause == "USER_BUSY") return 486;
  if (cause == "CALL_REJECTED") return 603;
  return 480;
}

}  // namespace

base::Duration Traffic::usual_ring() const {
  std::vector<base::Duration> answers;
  for (const auto& [agent, theirs] : rings) {
    for (const Ring& ring : theirs) {
      if (ring.status == 200) answers.push_back(ring.after);
    }
  }
  return median_of(std::move(answers), kRingGuess);
}

base::Duration Traffic::usual_talk() const {
  std::vector<base::Duration> talks;
  for (const Caller& caller : callers) {
    if (caller.talked) talks.push_back(*caller.talked);
  }
  return median_of(std::move(talks), kTalkGuess);
}

void TrafficReader::take(const History::Step& step) {
  traffic_.end = step.at;
  take(step.input, step.at);
  for (const core::Command& command : step.commands) take(command, step.at);
  // After the commands, which tell whether the caller was served.
  if (const auto* hung_up = std::get_if<call::LegHungUp>(&step.input)) {
    left_unserved(hung_up->leg, step.at);
  }
}

void TrafficReader::take(const core::Input& input, base::Instant at) {
  if (const auto* invited = std::get_if<call::LegInvited>(&input)) {
    callers_[invited->leg] = traffic_.callers.size();
    traffic_.callers.push_back({.at = at, .invited = *invited, .patience = {}, .talked = {}});
  } else if (const auto* ended = std::get_if<call::PlaybackEnded>(&input)) {
    const auto playing = playing_.extract(ended->playback);
    if (!playing.empty() && ended->how == call::PlaybackEnded::How::Finished) {
      traffic_.sounds[playing.mapped().first] = at - playing.mapped().second;
    }
  } else if (std::holds_alternative<core::ApiRequested>(input) ||
             std::holds_alternative<core::Founded>(input) ||
             std::holds_alternative<core::Configured>(input) ||
             std::holds_alternative<call::RegistrationReceived>(input)) {
    traffic_.operated.emplace_back(at, input);
  }
}

void TrafficReader::take(const core::Command& command, base::Instant at) {
  if (const auto* publish = std::get_if<core::Publish>(&command)) {
    take_event(publish->event, at);
  } else if (const auto* named = std::get_if<core::LegNamed>(&command)) {
    leg_of_[named->uuid] = named->leg;
  } else if (const auto* order = std::get_if<call::MediaOrder>(&command)) {
    const auto* play = std::get_if<call::PlaySound>(order);
    if (play != nullptr && !play->loop) playing_[play->playback] = {play->sound, at};
  }
}

void TrafficReader::take_event(const base::EslEvent& event, base::Instant at) {
  if (event.name == "CHANNEL_CREATE" && event.get("Call-Direction") == "inbound") {
    // Callers in the order of their INVITEs: this is the one that came last.
    if (!traffic_.callers.empty()) {
      leg_of_[std::string(event.get("Unique-ID"))] = traffic_.callers.back().invited.leg;
    }
    return;
  }
  if (event.subclass != "callcenter::info") return;
  const std::string_view action = event.get("CC-Action");
  const std::string agent(event.get("CC-Agent"));
  const std::string channel(event.get("CC-Member-Session-UUID"));
  Caller* caller = caller_of(channel);
  if (action == "member-queue-start" && caller != nullptr) {
    caller->joined = true;
  } else if (action == "agent-offering") {
    ringing_since_[agent] = at;
  } else if (action == "bridge-agent-start") {
    ring_ended(agent, at, 200);
    talking_since_[channel] = at;
    if (caller != nullptr) caller->served = true;
  } else if (action == "bridge-agent-fail") {
    if (const auto status = status_of(event.get("CC-Hangup-Cause"))) ring_ended(agent, at, *status);
  } else if (action == "bridge-agent-end") {
    const auto since = talking_since_.find(channel);
    if (since == talking_since_.end() || caller == nullptr || caller->talked) return;
    caller->talked = at - since->second;
  }
}

void TrafficReader::ring_ended(const std::string& agent, base::Instant at, int status) {
  const auto since = ringing_since_.find(agent);
  if (since == ringing_since_.end()) return;
  traffic_.rings[agent].push_back({.after = at - since->second, .status = status});
  ringing_since_.erase(since);
}

void TrafficReader::left_unserved(base::LegId leg, base::Instant at) {
  const auto found = callers_.find(leg);
  if (found == callers_.end()) return;
  Caller& caller = traffic_.callers[found->second];
  if (!caller.served) caller.patience = at - caller.at;
}

Caller* TrafficReader::caller_of(std::string_view channel) {
  const auto leg = leg_of_.find(channel);
  if (leg == leg_of_.end()) return nullptr;
  const auto found = callers_.find(leg->second);
  return found == callers_.end() ? nullptr : &traffic_.callers[found->second];
}

}  // namespace app
