#include "call/fifo.h"

#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/text.h"
#include "call/application_stack.h"
#include "call/bridges.h"
#include "call/execute_on.h"
#include "call/hang_up.h"
#include "call/inbound.h"
#include "call/lookup.h"
#include "call/sounds.h"

namespace call {
namespace {

using Phase = ServesFifo::Phase;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::int64_t kPriorityMax = 9;
constexpr std::int64_t kPriorityDefault = 5;
constexpr std::int64_t kOrbitSecondsDefault = 60;
constexpr std::int64_t kChimeSecondsDefault = 30;
constexpr std::int64_t kSecondsMax = 86'400;
// Lines that one consumer serves.
constexpr std::size_t kServedMax = 20;

void refuse(Turn& turn, const Leg& leg, std::string_view data, const std::string& why) {
  constexpr std::size_t kShownMax = 200;
  turn.warn(leg, leg.name + ": fifo " + std::string(data.substr(0, kShownMax)) + ": " + why +
                     "; the next action runs");
}

std::vector<std::string> words_of(std::string_view text) {
  auto words = base::split(text, ' ');
  std::erase_if(words, [](const std::string& word) { return word.empty(); });
  return words;
}

// "undef" stands for none.
std::string sound_of(const std::vector<std::string>& words, std::size_t at) {
  if (words.size() <= at || base::equal_ignoring_case(words[at], "undef")) return {};
  return words[at];
}

// What is heard while waiting: what the action says, else fifo_music, else hold_music.
std::string music_for(Turn& turn, Surroundings& around, const Leg& leg, std::string named) {
  if (!named.empty()) return named;
  LegLookup lookup(turn, around, leg);
  for (const char* name : {"fifo_music", "hold_music"}) {
    const std::string source = lookup.variable(name).value_or("");
    if (!source.empty()) return dialplan::expand(source, lookup);
  }
  return {};
}

// NAME[!IMPORTANCE]. Returns: the name; empty: there is none, or there are too many lines.
std::string open_line(Turn& turn, std::string_view text) {
  const std::size_t mark = text.find('!');
  const std::string name(base::trim(text.substr(0, mark)));
  auto& lines = turn.state.fifos;
  const bool is_new = lines.find(name) == lines.end();
  if (is_new && lines.size() >= kFifoLinesMax) {
    std::erase_if(lines, [](const auto& entry) {
      return entry.second.callers.empty() && entry.second.consumers.empty();
    });
  }
  if (name.empty() || (is_new && lines.size() >= kFifoLinesMax)) return {};
  FifoLine& line = lines[name];
  if (mark != std::string_view::npos) {
    line.importance = base::lenient_integer(text.substr(mark + 1));
  }
  return name;
}

auto place_of(const InFifo& waiting, base::LegId id) {
  return std::make_tuple(waiting.priority, waiting.since, id);
}

void enter(MachineState& state, const Leg& leg) {
  if (const auto* waiting = std::get_if<InFifo>(&leg.execution.running)) {
    if (!waiting->consumer) state.fifos[waiting->line].callers.insert(place_of(*waiting, leg.id));
    return;
  }
  const auto* serving = std::get_if<ServesFifo>(&leg.execution.running);
  if (serving == nullptr || serving->phase != Phase::Waiting) return;
  for (const std::string& line : serving->lines) {
    state.fifos[line].consumers.emplace(serving->since, leg.id);
  }
}

void take_out(MachineState& state, const Leg& leg) {
  if (const auto* waiting = std::get_if<InFifo>(&leg.execution.running)) {
    state.fifos[waiting->line].callers.erase(place_of(*waiting, leg.id));
  } else if (const auto* serving = std::get_if<ServesFifo>(&leg.execution.running)) {
    for (const std::string& line : serving->lines) {
      state.fifos[line].consumers.erase({serving->since, leg.id});
    }
  }
}

void play_music(Turn& turn, Leg& leg, const std::string& music) {
  if (music.empty()) return stop_sound(turn, leg);
  play_sound(turn, leg, music, Repeat::ForEver);
}

void arm_caller(Turn& turn, const Leg& leg, const InFifo& waiting) {
  const Purpose purpose = Purpose::of(Purpose::Kind::Fifo, leg.id);
  if (!waiting.chime_at && !waiting.orbit_at) return turn.state.deadlines.cancel(purpose);
  base::Instant at = waiting.chime_at ? *waiting.chime_at : *waiting.orbit_at;
  if (waiting.orbit_at) at = std::min(at, *waiting.orbit_at);
  turn.state.deadlines.arm(purpose, std::max(at, turn.now));
}

// ---- a meeting ----------------------------------------------------------------------------------

void join(Turn& turn, Surroundings& around, Leg& caller, Leg& consumer) {
  std::get<ServesFifo>(consumer.execution.running).phase = Phase::Talking;
  caller.variables.set("fifo_status", "TALKING");
  bridge_legs(turn, caller, consumer);
  const base::LegId other = consumer.id;
  execute_before_bridge(turn, around, caller, "aleg");
  if (Leg* leg = turn.leg(other)) execute_before_bridge(turn, around, *leg, "bleg");
}

// Both have heard what they are to hear.
void join_when_ready(Turn& turn, Surroundings& around, Leg& caller, Leg& consumer) {
  const bool is_announced = std::get<InFifo>(caller.execution.running).sound ||
                            std::get<ServesFifo>(consumer.execution.running).sound;
  if (!is_announced) join(turn, around, caller, consumer);
}

void meet(Turn& turn, Surroundings& around, Leg& caller, Leg& consumer) {
  take_out(turn.state, caller);
  take_out(turn.state, consumer);
  turn.state.deadlines.cancel(Purpose::of(Purpose::Kind::Fifo, caller.id));
  auto& waiting = std::get<InFifo>(caller.execution.running);
  auto& serving = std::get<ServesFifo>(consumer.execution.running);
  waiting.consumer = consumer.id;
  serving.caller = caller.id;
  serving.phase = Phase::Meeting;
  caller.variables.set("fifo_serviced_uuid", consumer.uuid);
  consumer.variables.set("fifo_target", caller.uuid);
  stop_sound(turn, caller);
  stop_sound(turn, consumer);
  if (!waiting.announcement.empty()) {
    waiting.sound = play_sound(turn, caller, waiting.announcement, Repeat::Once);
  }
  if (!serving.announcement.empty()) {
    serving.sound = play_sound(turn, consumer, serving.announcement, Repeat::Once);
  }
  join_when_ready(turn, around, caller, consumer);
}

// The caller that a consumer of these lines is given; nullptr: nobody waits.
Leg* next_caller(Turn& turn, const std::vector<std::string>& lines) {
  const FifoLine* best = nullptr;
  for (const std::string& name : lines) {
    const auto found = turn.state.fifos.find(name);
    if (found == turn.state.fifos.end() || found->second.callers.empty()) continue;
    if (best == nullptr || found->second.importance > best->importance) best = &found->second;
  }
  return best == nullptr ? nullptr : turn.leg(std::get<2>(*best->callers.begin()));
}

// ---- callers ------------------------------------------------------------------------------------

// In line, with nobody to talk to.
void wait_in_line(Turn& turn, Surroundings& around, Leg& leg) {
  auto& waiting = std::get<InFifo>(leg.execution.running);
  waiting.sound = {};
  enter(turn.state, leg);
  const auto& consumers = turn.state.fifos[waiting.line].consumers;
  if (!consumers.empty()) {
    return meet(turn, around, leg, *turn.leg(consumers.begin()->second));
  }
  play_music(turn, leg, waiting.music);
  arm_caller(turn, leg, waiting);
}

void read_orbit(Turn& turn, const Leg& leg, InFifo& waiting) {
  const auto parts = base::split(leg.variables.get("fifo_orbit_exten"), ':');
  if (base::trim(parts[0]).empty()) return;
  waiting.orbit_extension = base::trim(parts[0]);
  const std::int64_t given = parts.size() > 1 ? base::lenient_integer(parts[1]) : 0;
  const std::int64_t after = given > 0 ? std::min(given, kSecondsMax) : kOrbitSecondsDefault;
  waiting.orbit_at = turn.now + seconds(after);
}

void read_chimes(Turn& turn, const Leg& leg, InFifo& waiting) {
  for (const std::string& sound : base::split(leg.variables.get("fifo_chime_list"), ',')) {
    if (!base::trim(sound).empty()) waiting.chimes.emplace_back(base::trim(sound));
  }
  if (waiting.chimes.empty()) return;
  const std::int64_t given = base::lenient_integer(leg.variables.get("fifo_chime_freq"));
  waiting.chime_every = seconds(given > 0 ? std::min(given, kSecondsMax) : kChimeSecondsDefault);
  waiting.chime_at = turn.now + waiting.chime_every;
}

void run_in(Turn& turn, Surroundings& around, Leg& leg, InFifo waiting) {
  waiting.since = turn.now;
  const std::string* priority = leg.variables.find("fifo_priority");
  waiting.priority = priority == nullptr ? kPriorityDefault
                                         : std::clamp<std::int64_t>(
                                               base::lenient_integer(*priority), 0, kPriorityMax);
  read_orbit(turn, leg, waiting);
  read_chimes(turn, leg, waiting);
  leg.variables.set("fifo_role", "caller");
  leg.variables.set("fifo_status", "WAITING");
  leg.variables.set("fifo_name", waiting.line);
  leg.execution.running = std::move(waiting);
  wait_in_line(turn, around, leg);
}

// It leaves the line by itself.
void let_caller_go(Turn& turn, Leg& leg, const char* status) {
  leave_fifo(turn, leg);
  turn.state.deadlines.cancel(Purpose::of(Purpose::Kind::Fifo, leg.id));
  leg.variables.set("fifo_status", status);
  stop_sound(turn, leg);
}

void caller_due(Turn& turn, Surroundings& around, Leg& leg) {
  auto& waiting = std::get<InFifo>(leg.execution.running);
  if (waiting.orbit_at && *waiting.orbit_at <= turn.now) {
    const std::string extension = waiting.orbit_extension;
    let_caller_go(turn, leg, "TIMEOUT");
    transfer_leg(turn, around, leg, {extension, {}});
    return application_over(turn, around, leg);
  }
  if (waiting.chime_at && *waiting.chime_at <= turn.now) {
    const std::string chime = waiting.chimes[waiting.next_chime % waiting.chimes.size()];
    waiting.next_chime = (waiting.next_chime + 1) % waiting.chimes.size();
    waiting.chime_at = turn.now + waiting.chime_every;
    play_aside(turn, leg, chime);
  }
  arm_caller(turn, leg, waiting);
}

// ---- consumers ----------------------------------------------------------------------------------

void consumer_is_done(Turn& turn, Surroundings& around, Leg& leg) {
  leave_fifo(turn, leg);
  turn.state.deadlines.cancel(Purpose::of(Purpose::Kind::Fifo, leg.id));
  stop_sound(turn, leg);
  application_over(turn, around, leg);
}

// Takes the next caller, or waits for one.
void serve(Turn& turn, Surroundings& around, Leg& leg) {
  auto& serving = std::get<ServesFifo>(leg.execution.running);
  serving.caller = {};
  serving.sound = {};
  if (Leg* caller = next_caller(turn, serving.lines)) return meet(turn, around, *caller, leg);
  if (serving.stays == ServesFifo::Stays::OneCall) return consumer_is_done(turn, around, leg);
  serving.phase = Phase::Waiting;
  serving.since = turn.now;
  enter(turn.state, leg);
  play_music(turn, leg, serving.music);
}

void rested(Turn& turn, Surroundings& around, Leg& leg) {
  const auto& serving = std::get<ServesFifo>(leg.execution.running);
  if (serving.stays == ServesFifo::Stays::OneCall) return consumer_is_done(turn, around, leg);
  serve(turn, around, leg);
}

void run_out(Turn& turn, Surroundings& around, Leg& leg, ServesFifo serving) {
  leg.variables.set("fifo_role", "consumer");
  leg.execution.running = std::move(serving);
  serve(turn, around, leg);
}

bool is_exit_key(const Leg& leg, std::string_view variable, std::string_view otherwise,
                 const std::string& digit) {
  const std::string* set = leg.variables.find(variable);
  const std::string_view keys = set == nullptr ? otherwise : *set;
  return keys.find(digit) != std::string_view::npos;
}

// A call that cannot be answered now has no place in a line.
bool is_answered(Turn& turn, Leg& leg, const std::string& data) {
  answer_leg(turn, leg);
  if (leg.is_up()) return true;
  refuse(turn, leg, data, "the call cannot be answered");
  return false;
}

}  // namespace

void run_fifo(Turn& turn, Surroundings& around, Leg& leg, const std::string& data) {
  constexpr const char* kSyntax = "NAME[!IMPORTANCE] in|out … is expected";
  const auto words = words_of(data);
  if (words.size() < 2) return refuse(turn, leg, data, kSyntax);
  const bool goes_in = base::equal_ignoring_case(words[1], "in");
  const bool goes_out = base::equal_ignoring_case(words[1], "out");
  if (!goes_in && !goes_out) return refuse(turn, leg, data, kSyntax);
  std::vector<std::string> lines;
  for (const std::string& text : base::split(words[0], ',')) {
    const std::string name = open_line(turn, text);
    if (!name.empty() && lines.size() < kServedMax) lines.push_back(name);
  }
  if (lines.empty()) return refuse(turn, leg, data, "no name, or too many lines");
  if (goes_in) {
    if (!is_answered(turn, leg, data)) return;
    InFifo waiting;
    waiting.line = lines.front();
    waiting.announcement = sound_of(words, 2);
    waiting.music = music_for(turn, around, leg, sound_of(words, 3));
    return run_in(turn, around, leg, std::move(waiting));
  }
  const bool waits = words.size() > 2 && base::equal_ignoring_case(words[2], "wait");
  const bool asks_once = words.size() < 3 || base::equal_ignoring_case(words[2], "nowait");
  if (!waits && !asks_once) return refuse(turn, leg, data, "out is followed by wait or nowait");
  if (asks_once && next_caller(turn, lines) == nullptr) return;
  if (!is_answered(turn, leg, data)) return;
  ServesFifo serving;
  serving.lines = std::move(lines);
  serving.stays = waits ? ServesFifo::Stays::ForEver : ServesFifo::Stays::OneCall;
  serving.announcement = sound_of(words, 3);
  serving.music = music_for(turn, around, leg, sound_of(words, 4));
  run_out(turn, around, leg, std::move(serving));
}

bool is_in_fifo(const Leg& leg) {
  return leg.runs<InFifo>() || leg.runs<ServesFifo>();
}

void leave_fifo(Turn& turn, const Leg& leg) {
  take_out(turn.state, leg);
  base::LegId other;
  if (const auto* waiting = std::get_if<InFifo>(&leg.execution.running)) {
    other = waiting->consumer;
  } else if (const auto* serving = std::get_if<ServesFifo>(&leg.execution.running)) {
    if (serving->phase == Phase::Meeting) other = serving->caller;
  }
  Leg* left = turn.leg(other);
  if (left == nullptr || left->is_ending()) return;
  if (auto* waiting = std::get_if<InFifo>(&left->execution.running)) {
    if (waiting->consumer != leg.id) return;
    waiting->consumer = {};
  } else if (auto* serving = std::get_if<ServesFifo>(&left->execution.running)) {
    if (serving->caller != leg.id) return;
    serving->caller = {};
    serving->phase = Phase::Waiting;
  } else {
    return;
  }
  turn.out.emplace_back(Continue{left->id, Continue::What::AfterConversation});
}

bool digit_in_fifo(Turn& turn, Surroundings& around, Leg& leg, const std::string& digit) {
  if (leg.runs<InFifo>()) {
    if (!is_exit_key(leg, "fifo_caller_exit_key", "", digit)) return false;
    let_caller_go(turn, leg, "ABORTED");
    application_over(turn, around, leg);
    return true;
  }
  const auto* serving = std::get_if<ServesFifo>(&leg.execution.running);
  if (serving == nullptr || !is_exit_key(leg, "fifo_consumer_exit_key", "*", digit)) return false;
  if (leg.bridge) {
    end_leg(turn, *turn.leg(leg.bridge), Cause::NormalClearing, EndedBy::Us);
  } else {
    consumer_is_done(turn, around, leg);
  }
  return true;
}

void sound_in_fifo_ended(Turn& turn, Surroundings& around, Leg& leg, base::PlaybackId playback) {
  if (auto* waiting = std::get_if<InFifo>(&leg.execution.running)) {
    if (!waiting->sound || waiting->sound != playback) return;
    waiting->sound = {};
    join_when_ready(turn, around, leg, *turn.leg(waiting->consumer));
  } else if (auto* serving = std::get_if<ServesFifo>(&leg.execution.running)) {
    if (!serving->sound || serving->sound != playback) return;
    serving->sound = {};
    join_when_ready(turn, around, *turn.leg(serving->caller), leg);
  }
}

void fifo_due(Turn& turn, Surroundings& around, Leg& leg) {
  if (leg.runs<InFifo>()) return caller_due(turn, around, leg);
  if (leg.runs<ServesFifo>()) rested(turn, around, leg);
}

void rest_from_fifo(Turn& turn, Leg& leg) {
  auto& serving = std::get<ServesFifo>(leg.execution.running);
  serving.caller = {};
  serving.phase = Phase::Resting;
  turn.out.emplace_back(Continue{leg.id, Continue::What::AfterConversation});
}

void go_on_in_fifo(Turn& turn, Surroundings& around, Leg& leg) {
  if (leg.is_ending()) return;
  if (const auto* waiting = std::get_if<InFifo>(&leg.execution.running)) {
    if (!waiting->consumer) wait_in_line(turn, around, leg);
    return;
  }
  const auto* serving = std::get_if<ServesFifo>(&leg.execution.running);
  if (serving == nullptr || serving->caller) return;
  const std::int64_t ms = std::clamp<std::int64_t>(
      base::lenient_integer(leg.variables.get("fifo_consumer_wrapup_time")), 0, kSecondsMax * 1000);
  // Whoever has lost a caller before the conversation has nothing to rest from.
  if (serving->phase == Phase::Waiting) {
    take_out(turn.state, leg);
    return serve(turn, around, leg);
  }
  if (ms == 0) return rested(turn, around, leg);
  turn.state.deadlines.arm(Purpose::of(Purpose::Kind::Fifo, leg.id), turn.now + milliseconds(ms));
}

void rebuild_fifos(MachineState& state) {
  for (const auto& [id, leg] : state.legs) enter(state, leg);
}

}  // namespace call
