// The applications `limit`, `limit_execute` and `limit_release`: resources that are counted, and
// calls that are turned away when there is no more of one (spec/08 §2).
//
// A leg holds what it took until it ends, is transferred (unless its variable
// limit_ignore_transfer is true, or a phone asked for it by REFER), or gives it back.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "base/time.h"
#include "call/limits.h"
#include "call/surroundings.h"
#include "call/turn.h"

namespace call {

// A leg that holds more resources than this takes them in a loop.
inline constexpr std::size_t kLimitsPerLegMax = 32;
// The longest interval: a year. Longer ones are taken for that.
inline constexpr std::int64_t kLimitSecondsMax = 31'536'000;

// hash REALM ID [MAX[/SECONDS]] [EXTENSION|!CAUSE [DIALPLAN [CONTEXT]]]
void run_limit(Turn& turn, Surroundings& around, Leg& leg, const std::string& data);
// hash REALM ID MAX[/SECONDS] APPLICATION [DATA]
void run_limit_execute(Turn& turn, Surroundings& around, Leg& leg, const std::string& data);
// hash [REALM ID]
void run_limit_release(Turn& turn, Surroundings& around, Leg& leg, const std::string& data);

// Whether counting in memory is asked for: `hash`, and `db`, which is counted in the same way.
bool is_limit_backend(std::string_view name);
LimitKey limit_key(std::string_view realm, std::string_view id);

// The leg gives back one of its resources, all of them, or those of the action that is over.
void let_go_of(MachineState& state, Leg& leg, const LimitKey& key);
void let_go_of_all(MachineState& state, Leg& leg);
void let_go_of_actions(MachineState& state, Leg& leg);
// All, unless it is to keep them.
void let_go_for_transfer(MachineState& state, Leg& leg);

// How many legs hold each resource.
std::map<LimitKey, std::int64_t> held_by_legs(const MachineState& state);

}  // namespace call
