// Where a capture server is, as the parameter capture-server of SIP profiles says it:
// "udp:192.0.2.9:9060;hep=3;capture_id=100".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace base {

struct CaptureServer {
  std::string host;  // An IP literal.
  std::uint16_t port = 0;
  std::uint32_t capture_id = 0;
};

// Returns: what is wrong when it is anything else. Names are not looked up, and only HEP version 3
// over UDP is spoken.
Result<CaptureServer> parse_capture_server(std::string_view text);

}  // namespace base
