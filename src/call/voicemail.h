// The application `voicemail`, and what both of its sides share: who leaves a message
// (leave_message.h) and who listens (check_mailbox.h).
#pragma once

#include <string>

#include "call/surroundings.h"
#include "call/turn.h"

namespace call {

// [check] [auth] PROFILE DOMAIN [BOX]
void run_voicemail(Turn& turn, Surroundings& around, Leg& leg, const std::string& data);

// Something else begins on a leg that runs `record` or `voicemail`: what has been recorded by now
// is kept. Nothing happens on another one.
void leave_voicemail(Turn& turn, Leg& leg);

// uuid_break: what is recorded is complete, what is heard is skipped. Returns: false when the leg
// runs neither.
bool break_voicemail(Turn& turn, Surroundings& around, Leg& leg);

// Where the files of a box lie. Names of boxes and domains lead nowhere else.
std::string mailbox_folder(const Surroundings& around, std::string_view profile,
                           const BoxName& box);

// nullptr, with a line in the log: a configuration has taken it away.
const VoicemailProfile* profile_of(const Turn& turn, const Surroundings& around, const Leg& leg,
                                   const std::string& profile);

void log_error(Turn& turn, const Leg& leg, const std::string& text);

// Requires: the profile names an extension.
void transfer_to_operator(Turn& turn, Surroundings& around, Leg& leg,
                          const VoicemailProfile& profile);
// The owner of the box has called it.
void begin_login(Turn& turn, Surroundings& around, Leg& leg, const std::string& profile,
                 const BoxName& box);

}  // namespace call
