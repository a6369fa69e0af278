// The application `lua SCRIPT ARGUMENTS`, and what scripts ask of legs.
//
// The script runs elsewhere (the lua folder); here the leg waits for it. What the script asks for
// is put before the leg's next action, with the way back to the script behind it: so each
// application runs as it does in a dialplan, and a leg that is taken away never comes back.
#pragma once

#include <string>
#include <string_view>

#include "call/script_messages.h"
#include "call/surroundings.h"
#include "call/turn.h"

namespace call {

// The action that stands behind what a script has asked for. Not a name that a dialplan has.
inline constexpr std::string_view kBackToScript = "lua (back to the script)";

void run_lua(Turn& turn, Surroundings& around, Leg& leg, const std::string& data);

// An action of the name kBackToScript.
void go_back_to_script(Turn& turn, Leg& leg, std::string_view data);

void script_asked(Turn& turn, Surroundings& around, const ScriptAsked& report);
void script_ended(Turn& turn, Surroundings& around, Leg& leg, const ScriptEnded& report);

// The leg's actions are to be dropped, since it ends or goes elsewhere: the scripts that wait for
// them are told, and the one that has the leg loses it.
void leave_scripts(Turn& turn, Leg& leg);

// A new process knows no scripts: legs that have waited for one go on with their next action.
void forget_scripts(Turn& turn);

}  // namespace call
