// What a leg hears of our own making: music and prompts.
#pragma once

#include <string_view>

#include "call/sip_profile.h"
#include "call/turn.h"

namespace call {

enum class Repeat { Once, ForEver };

// Plays a sound to the leg instead of what it hears now. Returns: the playback's id.
base::PlaybackId play_sound(Turn& turn, Leg& leg, std::string_view source, Repeat repeat);

// Stops what is playing, if anything is.
void stop_sound(Turn& turn, Leg& leg);

// Tells media where the peer of this leg listens, by what was agreed.
void connect_media(Turn& turn, Leg& leg);

// How long the peer may be silent, by the profile or the variables rtp_timeout_sec and
// rtp_hold_timeout_sec of the leg.
void set_media_timeouts(Leg& leg, const SipProfile& profile);

}  // namespace call
