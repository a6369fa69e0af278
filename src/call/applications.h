// The applications that dialplans call, by name.
#pragma once

#include <string>
#include <string_view>

#include "call/surroundings.h"
#include "call/turn.h"

namespace call {

// Runs one action: `data` is expanded. An application that takes time sets what is running; all
// others are over when they return.
using Application = void (*)(Turn& turn, Surroundings& around, Leg& leg, const std::string& data);

// What an action's data means for this leg now. In a dial string (`bridge`) what a variable holds
// stays one value, whatever is in it (dial_text.h).
std::string expand_data(const Turn& turn, Surroundings& around, const Leg& leg,
                        const dialplan::Action& action);

// nullptr: there is none of that name. Any case.
Application find_application(std::string_view name);

}  // namespace call
