// `voicemail PROFILE DOMAIN BOX`: greeting, tone, and the message, which lies in the box once its
// recording is complete (spec/11 §6).
#pragma once

#include <string>

#include "call/surroundings.h"
#include "call/turn.h"

namespace call {

// Requires: the profile is there.
void begin_message(Turn& turn, Surroundings& around, Leg& leg, const std::string& profile,
                   const BoxName& box);

void sound_before_message_ended(Turn& turn, Surroundings& around, Leg& leg,
                                const PlaybackEnded& report);
void digit_while_leaving(Turn& turn, Surroundings& around, Leg& leg, const std::string& digit);

// A recording of the leg is complete; when it is the message that the leg leaves, it goes on.
void message_recorded(Turn& turn, Surroundings& around, Leg& leg, const RecordingEnded& report);

// The sound of a message is complete: it lies in its box from now on. Nothing happens for other
// recordings.
void keep_message(Turn& turn, const Leg& leg, const Recording& recording,
                  std::int64_t milliseconds);

// Whether the sound that ended was only tried: a box needs no greeting of its own.
bool is_own_greeting(const Leg& leg, base::PlaybackId playback);

}  // namespace call
