#include "sip/resolver.h"

#include <ares.h>
#include <arpa/inet.h>
#include <netdb.h>
#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <deque>
#include <utility>

#include "base/check.h"
#include "base/log.h"
#include "sip/limits.h"
#include "sip/random_text.h"
#include "sip/srv_order.h"

namespace sip {
namespace {

constexpr int kInternet = 1;  // Class IN, RFC 1035 §3.2.4.
constexpr int kService = 33;  // Type SRV, RFC 2782.
constexpr std::uint16_t kDefaultPort = 5060;
// Sockets read in one go; what is left is read in the next.
constexpr std::size_t kSocketsAtOnce = 16;

std::vector<SrvTarget> services_in(const unsigned char* data, int size, Transport transport) {
  ares_srv_reply* replies = nullptr;
  std::vector<SrvTarget> targets;
  if (ares_parse_srv_reply(data, size, &replies) != ARES_SUCCESS) return targets;
  for (const ares_srv_reply* each = replies; each != nullptr; each = each->next) {
    // "." says that there is no such service (RFC 2782).
    const std::string host = each->host == nullptr ? "" : each->host;
    if (host.empty() || host == "." || each->port == 0) continue;
    if (targets.size() == kServiceHostsMax) break;
    targets.push_back({host, each->port, each->priority, each->weight, transport});
  }
  ares_free_data(replies);
  return targets;
}

// Names that phones in browsers give in their Contacts (RFC 7118 §5.1) and that nobody may have
// (RFC 6761 §6.4).
bool leads_nowhere(std::string_view host) {
  return host == "invalid" || host.ends_with(".invalid");
}

std::string text_of(const sockaddr* address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const void* bytes =
      address->sa_family == AF_INET6
          ? static_cast<const void*>(&reinterpret_cast<const sockaddr_in6*>(address)->sin6_addr)
          : static_cast<const void*>(&reinterpret_cast<const sockaddr_in*>(address)->sin_addr);
  const char* printed = inet_ntop(address->sa_family, bytes, text.data(), text.size());
  return printed == nullptr ? std::string() : printed;
}

}  // namespace

struct Resolver::Lookup {
  Resolver& resolver;
  SipUri uri;
  AddressFamily family = AddressFamily::V4;
  Found found;
  Clock::time_point until;
  std::deque<SrvTarget> hosts = {};  // Whose addresses are still to be asked for.
  SrvTarget asked = {};
  Transport services = Transport::Udp;
  Resolution result = {};
  bool is_over = false;     // Nothing more is asked for; `found` may be called.
  bool is_waiting = false;  // The channel holds a pointer to this.
};

Resolver::Resolver(const std::string& servers) : sockets_(epoll_create1(EPOLL_CLOEXEC)) {
  CHECK(sockets_ >= 0);
  static const bool library_is_there = ares_library_init(ARES_LIB_INIT_ALL) == ARES_SUCCESS;
  CHECK(library_is_there);
  ares_options options{};
  options.timeout = kNameServerTimeoutMs;
  options.tries = kNameServerTries;
  options.sock_state_cb_data = this;
  options.sock_state_cb = [](void* self, ares_socket_t socket, int readable, int writable) {
    const auto in = readable != 0 ? static_cast<std::uint32_t>(EPOLLIN) : 0U;
    const auto out = writable != 0 ? static_cast<std::uint32_t>(EPOLLOUT) : 0U;
    static_cast<const Resolver*>(self)->watch(socket, in | out);
  };
  constexpr int kGiven = ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_SOCK_STATE_CB;
  if (ares_init_options(&channel_, &options, kGiven) != ARES_SUCCESS) {
    channel_ = nullptr;
    base::log_warning(base::LogSubject{base::LogArea::Sip},
                      "host names cannot be resolved: the resolver does not start");
    return;
  }
  if (!servers.empty() && ares_set_servers_ports_csv(channel_, servers.c_str()) != ARES_SUCCESS) {
    base::log_warning(base::LogSubject{base::LogArea::Sip}, "name servers '{}' are not understood",
                      servers);
  }
}

Resolver::~Resolver() {
  for (auto& [number, lookup] : lookups_) lookup->is_over = true;
  // Calls back for everything that is still asked for.
  if (channel_ != nullptr) ares_destroy(channel_);
  close(sockets_);
}

void Resolver::watch(int socket, std::uint32_t events) const {
  epoll_event event{};
  event.events = events;
  event.data.fd = socket;
  if (events == 0) {
    epoll_ctl(sockets_, EPOLL_CTL_DEL, socket, &event);
  } else if (epoll_ctl(sockets_, EPOLL_CTL_MOD, socket, &event) != 0) {
    epoll_ctl(sockets_, EPOLL_CTL_ADD, socket, &event);
  }
}

void Resolver::resolve(const SipUri& uri, AddressFamily family, Found found) {
  auto made = std::make_unique<Lookup>(Lookup{.resolver = *this,
                                              .uri = uri,
                                              .family = family,
                                              .found = std::move(found),
                                              .until = Clock::now() + kLookupMax});
  Lookup& lookup = *lookups_.emplace(++numbers_, std::move(made)).first->second;
  if (channel_ == nullptr || lookups_.size() > kLookupsMax) {
    lookup.is_over = true;
    lookup.result.problem = "too many names are being asked for";
    return;
  }
  if (leads_nowhere(uri.host)) {
    lookup.is_over = true;
    lookup.result.problem = uri.host + " is a name that never has an address";
    return;
  }
  if (uri.port == 0) return ask_services(lookup, uri.transport.value_or(Transport::Udp));
  // With a port the name is a host's (RFC 3263 §4.2).
  lookup.hosts.push_back({uri.host, uri.port, 0, 0, uri.transport.value_or(Transport::Udp)});
  ask_next_host(lookup);
}

void Resolver::ask_services(Lookup& lookup, Transport transport) {
  const std::string name =
      (transport == Transport::Tcp ? "_sip._tcp." : "_sip._udp.") + lookup.uri.host;
  lookup.services = transport;
  lookup.is_waiting = true;
  ares_query(
      channel_, name.c_str(), kInternet, kService,
      [](void* argument, int status, int, unsigned char* data, int size) {
        auto& self = *static_cast<Lookup*>(argument);
        self.is_waiting = false;
        self.resolver.on_services(self, status, data, size);
      },
      &lookup);
}

void Resolver::on_services(Lookup& lookup, int status, const unsigned char* data, int size) {
  if (lookup.is_over) return;
  if (status == ARES_SUCCESS) {
    const auto draw = [](std::uint64_t sum) { return random_number() % (sum + 1); };
    for (SrvTarget& target : in_order(services_in(data, size, lookup.services), draw)) {
      lookup.hosts.push_back(std::move(target));
    }
  }
  if (lookup.hosts.empty() && !lookup.uri.transport && lookup.services == Transport::Udp) {
    return ask_services(lookup, Transport::Tcp);
  }
  if (lookup.hosts.empty()) {
    const Transport usual = lookup.uri.transport.value_or(Transport::Udp);
    lookup.hosts.push_back({lookup.uri.host, kDefaultPort, 0, 0, usual});
  }
  ask_next_host(lookup);
}

void Resolver::ask_next_host(Lookup& lookup) {
  if (lookup.hosts.empty() || lookup.result.addresses.size() >= kAttemptsMax) {
    lookup.is_over = true;
    return;
  }
  lookup.asked = std::move(lookup.hosts.front());
  lookup.hosts.pop_front();
  ares_addrinfo_hints hints{};
  hints.ai_family = lookup.family == AddressFamily::V6 ? AF_INET6 : AF_INET;
  hints.ai_socktype = SOCK_DGRAM;
  hints.ai_flags = ARES_AI_NOSORT;  // The name server's order is kept.
  lookup.is_waiting = true;
  ares_getaddrinfo(
      channel_, lookup.asked.host.c_str(), nullptr, &hints,
      [](void* argument, int status, int, ares_addrinfo* result) {
        auto& self = *static_cast<Lookup*>(argument);
        self.is_waiting = false;
        auto& addresses = self.result.addresses;
        if (status != ARES_SUCCESS) {
          self.result.problem = self.asked.host + ": " + ares_strerror(status);
        } else if (result != nullptr) {
          const ares_addrinfo_node* each = result->nodes;
          for (; each != nullptr && addresses.size() < kAttemptsMax; each = each->ai_next) {
            addresses.push_back({text_of(each->ai_addr), self.asked.port, self.asked.transport});
          }
        }
        if (result != nullptr) ares_freeaddrinfo(result);
        if (!self.is_over) self.resolver.ask_next_host(self);
      },
      &lookup);
}

void Resolver::read() {
  std::array<epoll_event, kSocketsAtOnce> events{};
  const int count = epoll_wait(sockets_, events.data(), static_cast<int>(events.size()), 0);
  for (int i = 0; i < count; ++i) {
    const epoll_event& event = events.at(static_cast<std::size_t>(i));
    const bool can_read = (event.events & (EPOLLIN | EPOLLERR | EPOLLHUP)) != 0;
    const bool can_write = (event.events & EPOLLOUT) != 0;
    ares_process_fd(channel_, can_read ? event.data.fd : ARES_SOCKET_BAD,
                    can_write ? event.data.fd : ARES_SOCKET_BAD);
  }
  finish_due(Clock::now());
}

void Resolver::tick(Clock::time_point now) {
  if (lookups_.empty()) return;
  if (channel_ != nullptr) ares_process_fd(channel_, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
  finish_due(now);
}

void Resolver::finish_due(Clock::time_point now) {
  // What is told may ask for another name at once.
  std::vector<std::pair<Found, Resolution>> told;
  for (auto next = lookups_.begin(); next != lookups_.end();) {
    Lookup& lookup = *next->second;
    if (lookup.until <= now && !lookup.is_over) {
      lookup.is_over = true;
      lookup.result.problem = "no name server answers in time";
    }
    if (lookup.is_over && lookup.found) {
      told.emplace_back(std::exchange(lookup.found, nullptr), std::move(lookup.result));
    }
    const bool is_done = lookup.is_over && !lookup.is_waiting;
    next = is_done ? lookups_.erase(next) : std::next(next);
  }
  for (auto& [found, resolution] : told) found(std::move(resolution));
}

}  // namespace sip
