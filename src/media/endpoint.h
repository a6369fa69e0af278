// An IP address with a port, as sockets take and give it. A value; knows no names, only literals.
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>

#include <cstdint>
#include <string>

#include "base/result.h"

namespace media {

class Endpoint {
 public:
  // No address at all; equal to nothing that a packet can come from.
  Endpoint() = default;

  // `address` is an IPv4 or IPv6 literal.
  static base::Result<Endpoint> parse(const std::string& address, std::uint16_t port);

  bool operator==(const Endpoint& other) const;
  std::uint16_t port() const;
  Endpoint with_port(std::uint16_t port) const;
  // The same address, whatever the ports.
  bool is_same_host(const Endpoint& other) const { return with_port(0) == other.with_port(0); }
  // 0.0.0.0 or ::, where nobody can be sent to.
  bool is_unspecified() const;
  std::string text() const;

  const sockaddr* data() const;
  socklen_t size() const;
  // For the kernel to write into.
  sockaddr* writable();
  static constexpr socklen_t kCapacity = sizeof(sockaddr_storage);

 private:
  sockaddr_storage storage_{};
};

}  // namespace media
