// What a running server says of SIP profiles whose files have been read again. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "call/sip_profile.h"

namespace app {

// A line for each difference that takes effect only with a new start: addresses, ports, profiles
// that are new or gone. Each begins "profile NAME".
std::vector<std::string> needing_a_restart(const std::vector<call::SipProfile>& running,
                                           const std::vector<call::SipProfile>& wished);

// The reply to `sofia profile NAME rescan`: the original's, and those lines that are about NAME.
std::string rescan_reply(std::string_view profile, const std::vector<std::string>& unchanged);

}  // namespace app
