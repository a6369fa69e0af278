// Sounds that an agent hears because of an offer: the warning tone of a standby agent (spec/04 §6),
// announcements before a conversation and instead of it (announcement.h).
//
// What the leg did before is suspended meanwhile. It goes on when the offer leads to nothing, and
// is forgotten when the conversation begins.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "call/surroundings.h"
#include "call/turn.h"

namespace call {

// Sounds of one text; more are not played.
inline constexpr std::size_t kPromptsMax = 20;

// "ARRAY::a::b" names several sounds, any other text is one, an empty one none (spec/04 §7.5).
std::vector<std::string> sounds_of(std::string_view text);

// Plays these to the leg, which runs Prompted from now on, also behind the last of them.
void play_prompts(Turn& turn, Leg& leg, std::vector<std::string> sounds);

// A sound of a leg that runs Prompted has ended. Returns: whether it was the last one.
bool prompts_ended(Turn& turn, Leg& leg, base::PlaybackId playback);

// The leg goes on with what it did before the prompts. Nothing happens to one that has heard none.
void resume_after_prompts(Turn& turn, Leg& leg);

// What the leg did before is over: something else begins on it.
void forget_suspended(Turn& turn, Leg& leg);

}  // namespace call
