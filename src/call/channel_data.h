// A leg as outside programs see it: the headers Channel-*, Unique-ID, Caller-*, Other-Leg-* and
// variable_* of its events (spec/06 §1).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/esl_event.h"
#include "call/turn.h"

namespace call {

// Appends the data of this leg, and of the one it is bridged with, in the original's order.
void add_channel_data(const MachineState& state, const Leg& leg, base::EslEvent& event);

// The same without variables and without the other leg, in the state that was told last.
void add_channel_summary(const MachineState& state, const Leg& leg, base::EslEvent& event);

// A field of the caller profile by the name that dialplans use: caller_id_number,
// destination_number, context, uuid … nullopt: no such field, or it is empty.
std::optional<std::string> profile_field(const Leg& leg, std::string_view name);

// A channel variable, else a field of the profile.
std::optional<std::string> variable_or_field(const Leg& leg, std::string_view name);

// Makes the event `name` (CHANNEL_ANSWER …) about this leg, with `more` headers at its end.
void publish(Turn& turn, const Leg& leg, std::string_view name, const base::Headers& more = {});

}  // namespace call
