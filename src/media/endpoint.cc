#include "media/endpoint.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <array>
#include <cstring>

namespace media {
namespace {

// The kernel's address types all begin alike and are read through each other by design.
template <class T>
const T& view(const sockaddr_storage& storage) {
  return *reinterpret_cast<const T*>(&storage);
}
template <class T>
T& view(sockaddr_storage& storage) {
  return *reinterpret_cast<T*>(&storage);
}

}  // namespace

base::Result<Endpoint> Endpoint::parse(const std::string& address, std::uint16_t port) {
  Endpoint made;
  auto& v4 = view<sockaddr_in>(made.storage_);
  if (::inet_pton(AF_INET, address.c_str(), &v4.sin_addr) == 1) {
    v4.sin_family = AF_INET;
    v4.sin_port = htons(port);
    return made;
  }
  auto& v6 = view<sockaddr_in6>(made.storage_);
  if (::inet_pton(AF_INET6, address.c_str(), &v6.sin6_addr) == 1) {
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(port);
    return made;
  }
  return base::failure(fmt::format("'{}' is not an IP address", address));
}

bool Endpoint::operator==(const Endpoint& other) const {
  if (storage_.ss_family != other.storage_.ss_family || port() != other.port()) return false;
  if (storage_.ss_family == AF_INET) {
    return view<sockaddr_in>(storage_).sin_addr.s_addr ==
           view<sockaddr_in>(other.storage_).sin_addr.s_addr;
  }
  return std::memcmp(&view<sockaddr_in6>(storage_).sin6_addr,
                     &view<sockaddr_in6>(other.storage_).sin6_addr, sizeof(in6_addr)) == 0;
}

Endpoint Endpoint::with_port(std::uint16_t port) const {
  Endpoint other = *this;
  if (storage_.ss_family == AF_INET) view<sockaddr_in>(other.storage_).sin_port = htons(port);
  if (storage_.ss_family == AF_INET6) view<sockaddr_in6>(other.storage_).sin6_port = htons(port);
  return other;
}

std::uint16_t Endpoint::port() const {
  return ntohs(storage_.ss_family == AF_INET6 ? view<sockaddr_in6>(storage_).sin6_port
                                              : view<sockaddr_in>(storage_).sin_port);
}

bool Endpoint::is_unspecified() const {
  if (storage_.ss_family == AF_INET6) {
    return IN6_IS_ADDR_UNSPECIFIED(&view<sockaddr_in6>(storage_).sin6_addr) != 0;
  }
  return view<sockaddr_in>(storage_).sin_addr.s_addr == INADDR_ANY;
}

std::string Endpoint::text() const {
  std::array<char, INET6_ADDRSTRLEN> address{};
  if (storage_.ss_family == AF_INET6) {
    ::inet_ntop(AF_INET6, &view<sockaddr_in6>(storage_).sin6_addr, address.data(), address.size());
    return fmt::format("[{}]:{}", address.data(), port());
  }
  ::inet_ntop(AF_INET, &view<sockaddr_in>(storage_).sin_addr, address.data(), address.size());
  return fmt::format("{}:{}", address.data(), port());
}

const sockaddr* Endpoint::data() const {
  return &view<sockaddr>(storage_);
}

socklen_t Endpoint::size() const {
  return storage_.ss_family == AF_INET6 ? sizeof(sockaddr_in6) : sizeof(sockaddr_in);
}

sockaddr* Endpoint::writable() {
  return &view<sockaddr>(storage_);
}

}  // namespace media
