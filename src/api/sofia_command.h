// `sofia`: the SIP profiles and who is registered at them, as the original prints it.
//
//   sofia status
//   sofia status profile NAME [reg [TEXT]]
//   sofia profile NAME rescan
//
// Gateways are not there yet: whatever asks for one is told that there is none of that name.
// `siptrace` is answered elsewhere (app/side_commands.h).
#pragma once

#include <string_view>

#include "api/api.h"

namespace api {

Reply sofia(std::string_view arguments, Targets& targets);

// True for arguments that change nothing.
bool sofia_reads(std::string_view arguments);

}  // namespace api
