// The two messages of STUN (RFC 5389) that tell us how we look from outside: a Binding request
// without attributes, and the address in its response. No other library of Debian 12 has them
// without an event loop of its own. Pure; the response is from anybody.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sip {

// Names the request that a response belongs to; unguessable, so that nobody else can answer.
using StunTransaction = std::array<std::uint8_t, 12>;

std::string stun_binding_request(const StunTransaction& transaction);

// The address that the server has seen: XOR-MAPPED-ADDRESS, or the older MAPPED-ADDRESS.
// Returns: nullopt when it is no success response to this request, or holds no address.
std::optional<std::string> stun_mapped_address(std::string_view response,
                                               const StunTransaction& transaction);

}  // namespace sip
