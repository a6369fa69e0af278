// What the library's SDP parser may see of a peer's SDP.
//
// The parser allocates for ever on an m= line with a byte that is no token character, and has other
// loops over fields that nobody here reads. So only the lines that matter are passed on, and those
// only in their plain form.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace sip {

// The v=, o=, c=, m= lines and the a= lines about codecs and direction, in their order.
// Returns: what is wrong with the text.
base::Result<std::string> screened_sdp(std::string_view text);

}  // namespace sip
