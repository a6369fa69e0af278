// `voicemail check PROFILE DOMAIN [BOX]`: the owner of a box proves who it is, hears how many
// messages there are, and listens to them.
//
// A message that was heard to its end is no longer new. What is deleted is gone at once, its file
// too; a hang-up leaves everything else as it is.
#pragma once

#include <string>

#include "call/surroundings.h"
#include "call/turn.h"

namespace call {

struct CheckWanted {
  std::string profile;
  BoxName box;                 // Its name may be empty: the caller is asked for it.
  bool is_authorized = false;  // Nobody is asked for a pin.
};

// Requires: the profile is there.
void begin_check(Turn& turn, Surroundings& around, Leg& leg, const CheckWanted& wanted);

void sound_of_mailbox_ended(Turn& turn, Surroundings& around, Leg& leg,
                            const PlaybackEnded& report);
void digit_in_mailbox(Turn& turn, Surroundings& around, Leg& leg, const std::string& digit);
// No key was pressed for so long.
void mailbox_due(Turn& turn, Surroundings& around, Leg& leg);

}  // namespace call
