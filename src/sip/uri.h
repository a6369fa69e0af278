// SIP URIs as far as sending and screening need them.
//
// Whatever comes in Contact, Record-Route or an order is screened here before the library may act
// on it: other schemes made its upper layer crash, and host names would make it ask a name server
// (neither is wanted; names are resolved by resolver.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "call/dialog_facts.h"
#include "sip/library.h"

namespace sip {

enum class Transport { Udp, Tcp };

struct SipUri {
  std::string user;
  std::string host;  // Brackets of an IPv6 literal removed.
  std::uint16_t port = 0;
  std::optional<Transport> transport = {};  // The parameter, when it is one of ours.
  bool loose_route = false;                 // Has the parameter lr.
};

// nullopt unless it is a sip: or sips: URI with a host and a sane port.
std::optional<SipUri> parse_sip_uri(const std::string& text);
// The same screening for what the library has parsed already.
bool is_sip_uri(const url_t* url);

bool is_ip_literal(std::string_view host);
// RFC 1918, loopback, link local, unique local: not reachable from elsewhere.
bool is_private_address(std::string_view literal);

// "10.0.0.1:5060", "[::1]:5060" and "10.0.0.1:5060;transport=tcp" in parts; nullopt for anything
// else. The text is without the transport.
struct HostPort {
  std::string host;
  std::uint16_t port = 0;
  Transport transport = Transport::Udp;

  bool operator==(const HostPort&) const = default;
};
std::optional<HostPort> parse_host_port(std::string_view text);
std::string host_port_text(const HostPort& at);

// "sip:ip:port;transport=udp", the form in which a destination is handed to the library.
std::string destination_uri(const HostPort& at);

// The address from which the messages of a dialog came, in its facts.
void note_source(call::DialogFacts& facts, const HostPort& source);
std::optional<HostPort> source_of(const call::DialogFacts& facts);

// Whether the TCP connection to the source of a dialog is there.
enum class Flow { Open, None };

// Where the next request of a dialog goes. A peer that keeps a connection to us is spoken to on it.
// Otherwise: the first route, else the peer's target, each when it is an IP literal that can be
// reached from here; else the address its messages came from.
// Returns: nullopt when none of these is known.
std::optional<HostPort> next_hop(const call::DialogFacts& facts, Flow flow = Flow::None);

// The request URI and the Route headers of a request in a dialog (RFC 3261 §12.2.1.1): with a
// strict router first, its URI becomes the request URI and the target goes behind the routes.
struct RequestPath {
  std::string request_uri;
  std::vector<std::string> routes;  // As header values: "<sip:…;lr>".
};
RequestPath request_path(const call::DialogFacts& facts);

}  // namespace sip
