// Prompts that a leg hears one after the other, and which prompts say a number, a key or a time.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "call/turn.h"
#include "call/voicemail_state.h"
#include "dialplan/local_time.h"

namespace call {

using Sounds = std::vector<std::string>;

// Plays the first one. Nothing is heard when there is none, and line_is_over() says so.
void play_line(Turn& turn, Leg& leg, SoundLine& line, Sounds sounds);
inline bool line_is_over(const SoundLine& line) {
  return !line.playback;
}
// A sound of the leg has ended, and the next one plays. Returns: false when it was none of these.
bool line_goes_on(Turn& turn, Leg& leg, SoundLine& line, base::PlaybackId ended);
// Breaks it off.
void stop_line(Turn& turn, Leg& leg, SoundLine& line);

// The line that the leg hears now, if it runs something that has one.
SoundLine* line_of(Leg& leg);

// In words, 0 to 999999.
Sounds spoken_number(std::int64_t number);
// The digits of a text, one by one; what is none is left out.
Sounds spoken_digits(std::string_view text);
// A key of a phone.
std::string spoken_key(std::string_view key);
// "today at 3 15 P M": the day as `now` sees it.
Sounds spoken_time(const dialplan::LocalTime& time, const dialplan::LocalTime& now);

}  // namespace call
