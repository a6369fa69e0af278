// Messages as a ladder: one column for each peer and one for us, one arrow for each message.
//
//                    192.0.2.7:5060           Ringmaster          198.51.100.3:5062
//   12:00:00.000           |---- INVITE (SDP) ---->|                       |
//   12:00:00.012           |                       |---- INVITE (SDP) ---->|
#pragma once

#include <string>

#include "sip/trace/ring.h"

namespace sip::trace {

// Columns beyond this are not drawn, their messages are counted in a line at the end: a terminal
// has no room for them. Who was there first stays.
inline constexpr std::size_t kColumnsMax = 8;

std::string ladder(const Messages& messages);

}  // namespace sip::trace
