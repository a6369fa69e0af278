#include "sip/address_search.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "base/text.h"
#include "sip/limits.h"
#include "sip/random_text.h"
#include "sip/resolver.h"
#include "sip/stun_message.h"

namespace sip {
namespace {

constexpr std::string_view kByName = "host:";
constexpr std::string_view kByStun = "stun:";
constexpr std::uint16_t kStunPort = 3478;  // RFC 5389 §18.4
// How long each of the three requests waits for its response: RFC 5389 §7.2.1 begins so and goes on
// for half a minute, which no start of a server should wait.
constexpr std::array<int, 3> kStunWaitsMs = {500, 1000, 2000};
constexpr std::size_t kStunResponseBytesMax = 2048;

// A socket address of either family.
struct SocketAddress {
  sockaddr_in v4{};
  sockaddr_in6 v6{};
  bool is_v6 = false;

  static std::optional<SocketAddress> of(const std::string& host, std::uint16_t port) {
    SocketAddress made;
    made.v4.sin_family = AF_INET;
    made.v4.sin_port = htons(port);
    made.v6.sin6_family = AF_INET6;
    made.v6.sin6_port = htons(port);
    if (inet_pton(AF_INET, host.c_str(), &made.v4.sin_addr) == 1) return made;
    made.is_v6 = true;
    if (inet_pton(AF_INET6, host.c_str(), &made.v6.sin6_addr) == 1) return made;
    return std::nullopt;
  }
  const sockaddr* get() const {
    return is_v6 ? reinterpret_cast<const sockaddr*>(&v6) : reinterpret_cast<const sockaddr*>(&v4);
  }
  socklen_t size() const { return is_v6 ? sizeof v6 : sizeof v4; }
};

class UdpQuestion {
 public:
  UdpQuestion(const SocketAddress& server, const std::string& local)
      : socket_(socket(server.is_v6 ? AF_INET6 : AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
    const auto from = SocketAddress::of(local, 0);
    if (from && from->is_v6 == server.is_v6) {
      // Where it cannot be, the route decides.
      static_cast<void>(bind(socket_, from->get(), from->size()));
    }
    // Only the server is heard.
    is_open_ = connect(socket_, server.get(), server.size()) == 0;
  }
  ~UdpQuestion() {
    if (socket_ >= 0) close(socket_);
  }
  UdpQuestion(const UdpQuestion&) = delete;
  UdpQuestion& operator=(const UdpQuestion&) = delete;

  // The next datagram of the server until then, or nothing.
  std::optional<std::string> answer(Resolver::Clock::time_point until) const {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(until - Resolver::Clock::now());
    pollfd readable{socket_, POLLIN, 0};
    if (left.count() <= 0 || poll(&readable, 1, static_cast<int>(left.count())) != 1) {
      return std::nullopt;
    }
    std::string bytes(kStunResponseBytesMax, '\0');
    const ssize_t size = recv(socket_, bytes.data(), bytes.size(), MSG_DONTWAIT);
    // An error is told at most once for each request: nobody listens there.
    if (size <= 0) return std::string();
    bytes.resize(static_cast<std::size_t>(size));
    return bytes;
  }
  bool send(const std::string& bytes) const {
    return is_open_ &&
           ::send(socket_, bytes.data(), bytes.size(), 0) == static_cast<ssize_t>(bytes.size());
  }

 private:
  const int socket_;
  bool is_open_ = false;
};

std::optional<std::string> ask_stun(const HostPort& server, const std::string& local) {
  const auto at = SocketAddress::of(server.host, server.port);
  if (!at) return std::nullopt;
  const UdpQuestion question(*at, local);
  StunTransaction transaction{};
  for (auto& byte : transaction) byte = static_cast<std::uint8_t>(random_number());
  const std::string request = stun_binding_request(transaction);
  for (const int wait : kStunWaitsMs) {
    // The error of the request before may be told by this call; the next one is sent.
    if (!question.send(request) && !question.send(request)) return std::nullopt;
    const auto until = Resolver::Clock::now() + std::chrono::milliseconds(wait);
    while (const auto bytes = question.answer(until)) {
      if (auto found = stun_mapped_address(*bytes, transaction)) return found;
    }
  }
  return std::nullopt;
}

// The addresses of a host, or of an IP literal itself.
Resolution addresses_of(const std::string& name_servers, const std::string& host,
                        std::uint16_t port, AddressFamily family) {
  if (is_ip_literal(host)) return {.addresses = {{host, port}}, .problem = {}};
  Resolver resolver(name_servers);
  std::optional<Resolution> found;
  SipUri uri;
  uri.host = host;
  uri.port = port;
  resolver.resolve(uri, family, [&found](Resolution result) { found = std::move(result); });
  while (!found) {
    pollfd readable{resolver.descriptor(), POLLIN, 0};
    poll(&readable, 1, static_cast<int>(kLookupTick.count()));
    resolver.read();
    resolver.tick(Resolver::Clock::now());
  }
  return std::move(*found);
}

// "stun.example.org:3478" in its parts.
std::optional<HostPort> server_of(std::string_view text) {
  HostPort server{std::string(text), kStunPort};
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos || is_ip_literal(text)) return server;
  const auto port = base::parse_integer(text.substr(colon + 1));
  if (!port || *port < 1 || *port > 65535) return std::nullopt;
  server.host = text.substr(0, colon);
  server.port = static_cast<std::uint16_t>(*port);
  return server;
}

AddressFamily family_of(const std::string& local) {
  return local.find(':') == std::string::npos ? AddressFamily::V4 : AddressFamily::V6;
}

}  // namespace

bool is_to_be_found(std::string_view address) {
  return address.starts_with(kByName) || address.starts_with(kByStun);
}

base::Result<std::string> AddressSearch::find(std::string_view wanted,
                                              const std::string& local) const {
  const bool by_stun = wanted.starts_with(kByStun);
  const std::string_view rest = wanted.substr(by_stun ? kByStun.size() : kByName.size());
  const auto server = by_stun ? server_of(rest) : HostPort{std::string(rest), kStunPort};
  if (!server || server->host.empty())
    return base::failure(fmt::format("{} names no host", wanted));
  const Resolution found =
      addresses_of(name_servers_, server->host, server->port, family_of(local));
  if (found.addresses.empty()) return base::failure(found.problem);
  if (!by_stun) return found.addresses.front().host;
  if (auto address = ask_stun(found.addresses.front(), local)) return std::move(*address);
  return base::failure(
      fmt::format("no answer from the STUN server at {}", host_port_text(found.addresses.front())));
}

base::Result<void> find_addresses(const AddressSearch& search,
                                  const std::vector<call::SipProfile>& before,
                                  std::vector<call::SipProfile>& profiles,
                                  std::vector<std::string>& warnings) {
  // Each is asked for once: two answers could differ.
  std::map<std::string, base::Result<std::string>> asked;
  const auto find = [&](const std::string& wanted, const std::string& local) {
    const std::string question = wanted + " from " + local;
    auto known = asked.find(question);
    if (known == asked.end()) known = asked.emplace(question, search.find(wanted, local)).first;
    return known->second;
  };
  for (call::SipProfile& profile : profiles) {
    for (std::string* const own : {&profile.sip_ip, &profile.rtp_ip}) {
      if (!is_to_be_found(*own)) continue;
      auto found = find(*own, "");
      if (!found) {
        return base::failure(fmt::format("profile {}: it cannot listen on {}: {}", profile.name,
                                         *own, found.error()));
      }
      *own = std::move(*found);
    }
    const auto old = std::find_if(before.begin(), before.end(),
                                  [&](const auto& one) { return one.name == profile.name; });
    const auto settle = [&](std::string call::SipProfile::*member, const std::string& local) {
      std::string& told = profile.*member;
      if (!is_to_be_found(told)) return;
      auto found = find(told, local);
      const std::string fallback = old == before.end() ? std::string() : (*old).*member;
      if (!found) {
        warnings.push_back(fmt::format(
            "profile {}: {} gives no address ({}); peers outside are told {}", profile.name, told,
            found.error(), fallback.empty() ? "our own" : fallback));
      }
      told = found ? std::move(*found) : fallback;
    };
    settle(&call::SipProfile::ext_sip_ip, profile.sip_ip);
    settle(&call::SipProfile::ext_rtp_ip, profile.rtp_ip);
  }
  return {};
}

}  // namespace sip
