// Secrets of a SIP message made unreadable: what a digest is computed from and leads to, other
// credentials, and keys of media in the SDP.
//
// Each hidden character becomes one '*', so Content-Length stays true and tools can read the rest.
#pragma once

#include <string>

namespace sip::trace {

// Masks in Authorization and its relatives the parameters response, nonce, cnonce, opaque,
// nextnonce and rspauth, or all of them when the scheme is not Digest (RFC 3261 §22); in the SDP
// the keys of a=crypto (RFC 4568 §9.1), a=key-mgmt, a=ice-pwd and k=.
std::string masked(std::string message);

}  // namespace sip::trace
