// What a leg hears of our own making: music and prompts.
#pragma once

#include <string_view>

#include "call/turn.h"

namespace call {

enum class Repeat { Once, ForEver };

// Plays a sound to the leg instead of what it hears now. Returns: the playback's id.
base::PlaybackId play_sound(Turn& turn, Leg& leg, std::string_view source, Repeat repeat);

// Stops what is playing, if anything is.
void stop_sound(Turn& turn, Leg& leg);

// Tells media where the peer of this leg listens, by what was agreed.
void connect_media(Turn& turn, Leg& leg);

}  // namespace call
