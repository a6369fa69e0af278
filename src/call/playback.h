// The application `playback`, and what ends a sound.
#pragma once

#include <string>
#include <string_view>

#include "call/surroundings.h"
#include "call/turn.h"

namespace call {

void run_playback(Turn& turn, Surroundings& around, Leg& leg, const std::string& data);
// They play `phrase:…` and `say:…` (spoken.h): NAME[,DATA], and en TYPE METHOD [GENDER] TEXT.
void run_phrase(Turn& turn, Surroundings& around, Leg& leg, const std::string& data);
void run_say(Turn& turn, Surroundings& around, Leg& leg, const std::string& data);
// SCRIPT[|LOOPS] of the tone grammar.
void run_gentones(Turn& turn, Surroundings& around, Leg& leg, const std::string& data);
void run_endless_playback(Turn& turn, Surroundings& around, Leg& leg, const std::string& data);

void playback_ended(Turn& turn, Surroundings& around, Leg& leg, const PlaybackEnded& report);

// Whether it is one of `playback_terminators`: * unless that is set, none for "none", every key for
// "any".
bool ends_sound(const Leg& leg, std::string_view digit);
// Such a digit ends a playback. Returns: whether this one did.
bool digit_while_playing(Turn& turn, Surroundings& around, Leg& leg, const std::string& digit);

}  // namespace call
