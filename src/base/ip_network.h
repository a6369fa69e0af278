// IP addresses and networks as text: which address lies in which network. Literals only, no names.
#pragma once

#include <string>
#include <string_view>

namespace base {

bool is_ip_address(std::string_view text);

// "192.0.2.0/24", "fd00::/8", or one address.
bool is_ip_network(std::string_view text);

// Returns: false also when one of them is no such thing, or they are of different families.
bool is_in_network(std::string_view address, std::string_view network);

// The host of "192.0.2.1:5060", "[::1]:5060" or "sip:user@192.0.2.1:5060;transport=udp", without
// brackets. Not checked further.
std::string host_of(std::string_view text);

}  // namespace base
