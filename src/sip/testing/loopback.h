// A port of the loopback of either family as the socket calls want it, for tests.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <string>

namespace sip::testing {

enum class Family { V4, V6 };

struct Loopback {
  sockaddr_in v4{};
  sockaddr_in6 v6{};
  socklen_t size = sizeof(sockaddr_in);

  explicit Loopback(Family family, std::uint16_t port = 0) {
    v4.sin_family = AF_INET;
    v4.sin_port = htons(port);
    v4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(port);
    v6.sin6_addr = in6addr_loopback;
    if (family == Family::V6) size = sizeof v6;
  }

  sockaddr* get() {
    return size == sizeof v4 ? reinterpret_cast<sockaddr*>(&v4) : reinterpret_cast<sockaddr*>(&v6);
  }
  std::uint16_t port() const { return ntohs(size == sizeof v4 ? v4.sin_port : v6.sin6_port); }
  // "127.0.0.1:5060", "[::1]:5060".
  std::string text() const {
    return (size == sizeof v4 ? "127.0.0.1:" : "[::1]:") + std::to_string(port());
  }
};

inline int open_socket(Family family, int type) {
  return socket(family == Family::V4 ? AF_INET : AF_INET6, type, 0);
}

// Where a socket is bound.
inline Loopback local_address(int socket, Family family) {
  Loopback at(family);
  getsockname(socket, at.get(), &at.size);
  return at;
}

// Whether this machine has ::1.
inline bool has_ipv6() {
  const int one = open_socket(Family::V6, SOCK_DGRAM);
  if (one < 0) return false;
  Loopback at(Family::V6);
  const bool is_bound = bind(one, at.get(), at.size) == 0;
  close(one);
  return is_bound;
}

}  // namespace sip::testing
