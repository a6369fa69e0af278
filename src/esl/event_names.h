// The event names that a client may subscribe to.
#pragma once

#include <span>
#include <string_view>

namespace esl {

// The name in its own spelling, whatever the case asked for; empty when there is no such event.
// Lifetime: for ever. `ALL` is not the name of an event.
std::string_view known_event(std::string_view name);

// All of them.
std::span<const std::string_view> event_names();

}  // namespace esl
