// A leg is about to hear prompts (spoken.h): by its own variables and in its own time zone.
#pragma once

#include "call/surroundings.h"
#include "call/turn.h"

namespace call {

// Replaces the sound of the order by the files that say it. When that cannot be, by nothing, and
// PlaybackEnded says why.
void speak(Turn& turn, Surroundings& around, PlaySound& order);

}  // namespace call
