// An event as bytes for a client, in the three formats.
//
// Pure but for the machine's time zone (Event-Date-Local).
#pragma once

#include <string>

#include "base/esl_event.h"
#include "esl/subscription.h"

namespace esl {

// What every event says about the machine it comes from.
struct Identity {
  std::string core_uuid;
  std::string hostname;
  std::string switchname;
  std::string ip_v4;
  std::string ip_v6;
};

// The whole message: outer headers Content-Length and Content-Type, an empty line, the event.
std::string render(const base::EslEvent& event, EventFormat format, const Identity& identity);

}  // namespace esl
