// Where a SIP URI with a host name leads (RFC 3263 without NAPTR): SRV with priorities and weights,
// then addresses. By c-ares, which asks without blocking; the library's own resolver is never used.
// Only the small local file /etc/hosts is read at once.
//
// Every lookup ends within kLookupMax, with what was found until then. Nothing is remembered: that
// is the work of the name server. Sip thread only.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "sip/uri.h"

struct ares_channeldata;

namespace sip {

// Which addresses the asker can send to.
enum class AddressFamily { V4, V6 };

// What became of a name.
struct Resolution {
  std::vector<HostPort> addresses;  // The best first, at most kAttemptsMax.
  std::string problem;              // Why there is none, in words for the log.
};

class Resolver {
 public:
  using Clock = std::chrono::steady_clock;
  using Found = std::function<void(Resolution)>;

  // `servers`: "ip:port,…" to ask instead of the system's name servers; empty: these.
  explicit Resolver(const std::string& servers);
  ~Resolver();
  Resolver(const Resolver&) = delete;
  Resolver& operator=(const Resolver&) = delete;

  // `found` is called once, at the earliest by the next read() or tick(); never when the resolver
  // goes first.
  void resolve(const SipUri& uri, AddressFamily family, Found found);

  // Becomes readable when a name server has sent something: read() is then to be called.
  int descriptor() const { return sockets_; }
  void read();
  // Repeats questions and ends lookups in time. To be called every few milliseconds.
  void tick(Clock::time_point now);

 private:
  struct Lookup;

  void watch(int socket, std::uint32_t events) const;
  void ask_services(Lookup& lookup, Transport transport);
  void on_services(Lookup& lookup, int status, const unsigned char* data, int size);
  void ask_next_host(Lookup& lookup);
  void finish_due(Clock::time_point now);

  const int sockets_;  // An epoll descriptor of the sockets to name servers.
  ares_channeldata* channel_ = nullptr;
  std::map<std::uint64_t, std::unique_ptr<Lookup>> lookups_;
  std::uint64_t numbers_ = 0;
};

}  // namespace sip
