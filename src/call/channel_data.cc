#include "call/channel_data.h"

#include <array>
#include <chrono>
#include <utility>

#include "call/channel_state.h"

namespace call {
namespace {

std::string_view answer_state_of(const Leg& leg) {
  switch (leg.phase) {
    case LegPhase::Up:
      return "answered";
    case LegPhase::Ending:
      return "hangup";
    default:
      return leg.media.connected ? "early" : "ringing";
  }
}

std::string_view direction_of(const Leg& leg) {
  return leg.direction == Direction::Inbound ? "inbound" : "outbound";
}

// Microseconds of the Unix time, 0 for what never happened: as the original shows times.
std::string time_of(const MachineState& state, std::optional<base::Instant> at) {
  return std::to_string(at ? state.anchor.unix_us(*at) : 0);
}

void add_channel(const Leg& leg, ChannelState state, base::EslEvent& event) {
  event.add("Channel-State", to_text(state));
  event.add("Channel-Call-State", to_text(call_state_of(leg)));
  event.add("Channel-State-Number", std::to_string(static_cast<int>(state)));
  event.add("Channel-Name", leg.name);
  event.add("Unique-ID", leg.uuid);
  event.add("Call-Direction", direction_of(leg));
  event.add("Presence-Call-Direction", direction_of(leg));
  event.add("Channel-HIT-Dialplan", leg.direction == Direction::Inbound ? "true" : "false");
  event.add("Channel-Presence-ID", leg.variables.get("presence_id"));
  event.add("Channel-Call-UUID", leg.uuid);
  event.add("Answer-State", answer_state_of(leg));
  if (leg.is_ending()) {
    event.add("Hangup-Cause", to_text(leg.cause));
  } else if (leg.media.connected) {
    const std::string rate = std::to_string(leg.media.codec.clock_rate);
    // PCMU: eight bits a sample.
    const std::string bits = std::to_string(leg.media.codec.clock_rate * 8);
    for (const char* way : {"Read", "Write"}) {
      const std::string prefix = std::string("Channel-") + way + "-Codec-";
      event.add(prefix + "Name", leg.media.codec.name);
      event.add(prefix + "Rate", rate);
      event.add(prefix + "Bit-Rate", bits);
    }
  }
}

void add_profile(const MachineState& state, const Leg& leg, std::string_view prefix_text,
                 base::EslEvent& event) {
  const std::string prefix(prefix_text);
  const CallerProfile& caller = leg.caller;
  const auto add = [&](std::string_view name, std::string_view value) {
    event.add(prefix + std::string(name), value);
  };
  add("-Direction", direction_of(leg));
  add("-Logical-Direction", direction_of(leg));
  add("-Username", caller.user_name);
  add("-Dialplan", "XML");
  add("-Caller-ID-Name", caller.caller_id_name);
  add("-Caller-ID-Number", caller.caller_id_number);
  add("-Orig-Caller-ID-Name", caller.caller_id_name);
  add("-Orig-Caller-ID-Number", caller.caller_id_number);
  add("-Network-Addr", caller.network_address);
  add("-ANI", caller.caller_id_number);
  add("-RDNIS", caller.redirected_from);
  add("-Destination-Number", caller.destination_number);
  add("-Unique-ID", leg.uuid);
  add("-Source", "mod_sofia");
  add("-Context", caller.context);
  add("-Channel-Name", leg.name);
  add("-Profile-Index", std::to_string(leg.execution.transfers + 1));
  add("-Profile-Created-Time", time_of(state, leg.created_at));
  add("-Channel-Created-Time", time_of(state, leg.created_at));
  add("-Channel-Answered-Time", time_of(state, leg.answered_at));
  add("-Channel-Progress-Time", time_of(state, leg.progress_at));
  add("-Channel-Progress-Media-Time", "0");
  add("-Channel-Hangup-Time", time_of(state, leg.hung_up_at));
  add("-Channel-Transferred-Time", "0");
  add("-Channel-Resurrected-Time", "0");
  add("-Channel-Bridged-Time", time_of(state, leg.bridged_at));
  add("-Channel-Last-Hold", time_of(state, leg.held_at));
  add("-Channel-Hold-Accum", std::to_string(std::chrono::microseconds(leg.held_for).count()));
  add("-Screen-Bit", "true");
  add("-Privacy-Hide-Name", "false");
  add("-Privacy-Hide-Number", "false");
}

}  // namespace

void add_channel_data(const MachineState& state, const Leg& leg, base::EslEvent& event) {
  add_channel(leg, channel_state_of(leg), event);
  add_profile(state, leg, "Caller", event);
  const auto other = state.legs.find(leg.bridge);
  if (other != state.legs.end()) {
    const bool is_agent =
        other->second.is_standby || other->second.direction == Direction::Outbound;
    event.add("Other-Type", is_agent ? "originatee" : "originator");
    add_profile(state, other->second, "Other-Leg", event);
  }
  for (const auto& [name, value] : leg.variables.all()) event.add("variable_" + name, value);
}

void add_channel_summary(const MachineState& state, const Leg& leg, base::EslEvent& event) {
  add_channel(leg, leg.told_state, event);
  add_profile(state, leg, "Caller", event);
}

std::optional<std::string> profile_field(const Leg& leg, std::string_view name) {
  const CallerProfile& caller = leg.caller;
  const std::array<std::pair<std::string_view, std::string_view>, 15> fields = {{
      {"caller_id_name", caller.caller_id_name},
      {"caller_id_number", caller.caller_id_number},
      {"orig_caller_id_name", caller.caller_id_name},
      {"orig_caller_id_number", caller.caller_id_number},
      {"ani", caller.caller_id_number},
      {"username", caller.user_name},
      {"network_addr", caller.network_address},
      {"destination_number", caller.destination_number},
      {"rdnis", caller.redirected_from},
      {"context", caller.context},
      {"dialplan", "XML"},
      {"source", "mod_sofia"},
      {"chan_name", leg.name},
      {"channel_name", leg.name},
      {"uuid", leg.uuid},
  }};
  for (const auto& [field, value] : fields) {
    if (field == name && !value.empty()) return std::string(value);
  }
  return std::nullopt;
}

std::optional<std::string> variable_or_field(const Leg& leg, std::string_view name) {
  if (const std::string* value = leg.variables.find(name)) return *value;
  return profile_field(leg, name);
}

void publish(Turn& turn, const Leg& leg, std::string_view name, const base::Headers& more) {
  base::EslEvent event;
  event.name = name;
  add_channel_data(turn.state, leg, event);
  for (const auto& [header, value] : more) event.add(header, value);
  turn.out.emplace_back(EventMade{std::move(event)});
}

}  // namespace call
