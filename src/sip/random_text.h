// Unguessable text for tags, Call-IDs and nonces (RFC 3261 §19.3), from the operating system's
// generator by way of OpenSSL.
#pragma once

#include <cstdint>
#include <string>

namespace sip {

// `bytes` random bytes in hexadecimal.
std::string random_hex(std::size_t bytes);
std::uint64_t random_number();

}  // namespace sip
