// Messages for a collector: HEP version 3, the protocol of the capture servers of the field.
#pragma once

#include <cstdint>
#include <string>

#include "sip/trace/message.h"

namespace sip::trace {

// One datagram. Returns: an empty text when the addresses are no IP literals or the message is too
// long for a datagram.
std::string hep_packet(const Message& message, std::uint32_t capture_id);

}  // namespace sip::trace
