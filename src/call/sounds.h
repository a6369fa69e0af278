// What a leg hears of our own making: music and prompts.
#pragma once

#include <string_view>

#include "call/requested.h"
#include "call/sip_profile.h"
#include "call/turn.h"

namespace call {

enum class Repeat { Once, ForEver };

// The order by which this sound is played to the leg.
PlaySound play_order(const Leg& leg, const Sound& sound);

// Plays a sound to the leg instead of what it hears now. Returns: the playback's id.
base::PlaybackId play_sound(Turn& turn, Leg& leg, std::string_view source, Repeat repeat);

// Stops what is playing, if anything is.
void stop_sound(Turn& turn, Leg& leg);

// What is playing has ended by itself ("done"), cannot be played ("error"), or is replaced or ended
// ("break"): PLAYBACK_STOP says so. Nothing happens when nothing plays.
void sound_over(Turn& turn, Leg& leg, std::string_view status);

// Sounds that wait for their turn before what the leg hears; more are refused.
inline constexpr std::size_t kAsidesMax = 100;

// Plays a sound once, before what the leg hears now: music and prompts go on after it. Several wait
// for each other; they are dropped when the leg is given another sound or none (its queue ends, a
// bridge begins, it is transferred). Returns: false when too many wait.
bool play_aside(Turn& turn, Leg& leg, std::string_view source);

// Plays a sound for ever behind the asides: they are heard to their end first.
void play_background(Turn& turn, Leg& leg, std::string_view source);
// Takes it away; asides stay.
void stop_background(Turn& turn, Leg& leg);

// Returns: whether the playback that ended was an aside; then the next sound plays already.
bool aside_ended(Turn& turn, Leg& leg, base::PlaybackId playback);

// Breaks the aside that plays off, and those that wait too with BreakOff::All.
// Returns: false when there is none.
bool break_aside(Turn& turn, Leg& leg, BreakOff what);

// Tells media where the peer of this leg listens, by what was agreed.
void connect_media(Turn& turn, Leg& leg);

// How long the peer may be silent, by the profile or the variables rtp_timeout_sec and
// rtp_hold_timeout_sec of the leg.
void set_media_timeouts(Leg& leg, const SipProfile& profile);

}  // namespace call
