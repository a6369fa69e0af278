// A phone registers: the reply, the deadlines of its bindings, and what may expire.
#pragma once

#include <cstdint>

#include "call/surroundings.h"
#include "call/turn.h"

namespace call {

void registration_received(Turn& turn, Surroundings& around, const RegistrationReceived& report);
void registration_due(Turn& turn, std::uint64_t binding);

}  // namespace call
