#include "sip/uri.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "sip/wire_text.h"

namespace sip {
namespace {

constexpr std::uint16_t kDefaultPort = 5060;  // RFC 3261 §19.1.2

// 0 for none given; nullopt for one that nobody can listen on.
std::optional<std::uint16_t> port_of(const url_t* url) {
  if (url->url_port == nullptr || *url->url_port == '\0') return 0;
  const auto port = base::parse_integer(url->url_port);
  if (!port || *port < 1 || *port > 65535) return std::nullopt;
  return static_cast<std::uint16_t>(*port);
}

std::string_view without_brackets(std::string_view host) {
  if (host.size() >= 2 && host.front() == '[' && host.back() == ']') {
    host.remove_prefix(1);
    host.remove_suffix(1);
  }
  return host;
}

std::optional<std::array<unsigned char, 4>> ipv4_bytes(std::string_view host) {
  std::array<unsigned char, 4> bytes{};
  if (inet_pton(AF_INET, std::string(host).c_str(), bytes.data()) != 1) return std::nullopt;
  return bytes;
}

std::optional<std::array<unsigned char, 16>> ipv6_bytes(std::string_view host) {
  std::array<unsigned char, 16> bytes{};
  if (inet_pton(AF_INET6, std::string(host).c_str(), bytes.data()) != 1) return std::nullopt;
  return bytes;
}

// Whether a peer whose messages come from `source` can be reached at `uri`. A private address in
// the Contact of somebody who writes from a public one is behind a NAT.
bool is_reachable(const SipUri& uri, const std::optional<HostPort>& source) {
  if (!is_ip_literal(uri.host)) return false;
  if (!source || !is_private_address(uri.host)) return true;
  return is_private_address(source->host);
}

bool has_value(std::string_view parameters, std::string_view named) {
  const auto all = base::split(parameters, ';');
  return std::any_of(all.begin(), all.end(), [named](const std::string& one) {
    return base::equal_ignoring_case(one, named);
  });
}

// Not url_param and url_has_param: they read past the end when the last parameter begins like the
// one it seeks.
bool has_parameter(std::string_view parameters, std::string_view name) {
  const auto all = base::split(parameters, ';');
  return std::any_of(all.begin(), all.end(), [name](const std::string& one) {
    return base::equal_ignoring_case(std::string_view(one).substr(0, one.find('=')), name);
  });
}

std::optional<Transport> transport_in(std::string_view parameters) {
  if (has_value(parameters, "transport=tcp")) return Transport::Tcp;
  if (has_value(parameters, "transport=udp")) return Transport::Udp;
  return std::nullopt;
}

}  // namespace

bool is_sip_uri(const url_t* url) {
  if (url == nullptr || (url->url_type != url_sip && url->url_type != url_sips)) return false;
  if (url->url_host == nullptr || without_brackets(url->url_host).empty()) return false;
  return port_of(url).has_value();
}

std::optional<SipUri> parse_sip_uri(const std::string& text) {
  const HomePtr home = make_home();
  const url_t* url = url_make(home.get(), text.c_str());
  if (!is_sip_uri(url)) return std::nullopt;
  SipUri uri;
  uri.user = plain_user(url);
  uri.host = without_brackets(url->url_host);
  uri.port = port_of(url).value_or(0);
  if (url->url_params != nullptr) {
    uri.loose_route = has_parameter(url->url_params, "lr");
    uri.transport = transport_in(url->url_params);
  }
  return uri;
}

bool is_ip_literal(std::string_view host) {
  host = without_brackets(host);
  return ipv4_bytes(host).has_value() || ipv6_bytes(host).has_value();
}

bool is_private_address(std::string_view literal) {
  literal = without_brackets(literal);
  if (const auto v4 = ipv4_bytes(literal)) {
    const auto& b = *v4;
    return b[0] == 10 || b[0] == 127 || (b[0] == 172 && b[1] >= 16 && b[1] < 32) ||
           (b[0] == 192 && b[1] == 168) || (b[0] == 169 && b[1] == 254) ||
           (b[0] == 100 && b[1] >= 64 && b[1] < 128);  // RFC 6598
  }
  if (const auto v6 = ipv6_bytes(literal)) {
    const auto& b = *v6;
    return literal == "::1" || (b[0] & 0xfe) == 0xfc || (b[0] == 0xfe && (b[1] & 0xc0) == 0x80);
  }
  return false;
}

std::optional<HostPort> parse_host_port(std::string_view text) {
  HostPort at;
  if (const std::size_t semicolon = text.find(';'); semicolon != std::string_view::npos) {
    at.transport = transport_in(text.substr(semicolon + 1)).value_or(Transport::Udp);
    text = text.substr(0, semicolon);
  }
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const std::string_view host = without_brackets(text.substr(0, colon));
  const auto port = base::parse_integer(text.substr(colon + 1));
  if (!is_ip_literal(host) || !port || *port < 1 || *port > 65535) return std::nullopt;
  at.host = host;
  at.port = static_cast<std::uint16_t>(*port);
  return at;
}

std::string host_port_text(const HostPort& at) {
  const bool v6 = at.host.find(':') != std::string::npos;
  return (v6 ? "[" + at.host + "]" : at.host) + ":" + std::to_string(at.port);
}

std::string destination_uri(const HostPort& at) {
  const char* const transport = at.transport == Transport::Tcp ? "tcp" : "udp";
  return "sip:" + host_port_text(at) + ";transport=" + transport;
}

void note_source(call::DialogFacts& facts, const HostPort& source) {
  if (source.port == 0) return;
  facts.source = host_port_text(source);
  facts.over_tcp = source.transport == Transport::Tcp;
}

std::optional<HostPort> source_of(const call::DialogFacts& facts) {
  auto source = parse_host_port(facts.source);
  if (source && facts.over_tcp) source->transport = Transport::Tcp;
  return source;
}

std::optional<HostPort> next_hop(const call::DialogFacts& facts, Flow flow) {
  const auto source = source_of(facts);
  const auto first = parse_sip_uri(facts.routes.empty() ? facts.remote_target : facts.routes[0]);
  const bool wants_udp = first && first->transport == Transport::Udp;
  if (source && flow == Flow::Open && !wants_udp) return source;
  if (first && is_reachable(*first, source)) {
    // Without the parameter it would be UDP (RFC 3263 §4.1); but this very host speaks TCP to us.
    const bool same_host = source && source->host == first->host;
    const Transport usual = same_host ? source->transport : Transport::Udp;
    return HostPort{first->host, first->port == 0 ? kDefaultPort : first->port,
                    first->transport.value_or(usual)};
  }
  return source;
}

RequestPath request_path(const call::DialogFacts& facts) {
  RequestPath path{facts.remote_target, {}};
  if (facts.routes.empty()) return path;
  const auto first = parse_sip_uri(facts.routes.front());
  const bool strict = first && !first->loose_route;
  for (const std::string& route : facts.routes) path.routes.push_back("<" + route + ">");
  if (strict) {
    path.request_uri = facts.routes.front();
    path.routes.erase(path.routes.begin());
    path.routes.push_back("<" + facts.remote_target + ">");
  }
  return path;
}

}  // namespace sip
