// An agent who has answered and is asked to press a key first (group_confirm_key, with the sound
// group_confirm_file), so that a voicemail box that answers does not take the call.
//
//   answer ─► prompt ─► key is waited for ─► prompt … ─┬─► key: the offer is answered
//                                                      └─► too often, or the offer's time is over
//
// Meanwhile the other phones of the offer ring on, and the first to confirm has the call.
#pragma once

#include <string>

#include "call/surroundings.h"
#include "call/turn.h"

namespace call {

// The key "exec", with which the original runs an application, asks for nothing, with a warning.
bool needs_confirmation(const Turn& turn, const Leg& leg);

// With group_confirm_cancel_timeout the time limit of the offer no longer counts.
void begin_confirmation(Turn& turn, Leg& leg);

// The prompt begins. After the last round the leg ends with NO_ANSWER.
// Requires: the leg is being asked.
void ask_for_key(Turn& turn, Leg& leg);

void prompt_ended(Turn& turn, Leg& leg, const PlaybackEnded& report);
void key_pressed(Turn& turn, Surroundings& around, Leg& leg, const std::string& digit);

}  // namespace call
