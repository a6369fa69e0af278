// Messages as a capture file that tshark and Wireshark open (the classic pcap format).
//
// Each message is one packet of raw IP with UDP, whatever carried it: what came by TCP has been put
// together already. Addresses that are no IP literals are left out.
#pragma once

#include <string>

#include "sip/trace/ring.h"

namespace sip::trace {

std::string pcap(const Messages& messages);

}  // namespace sip::trace
