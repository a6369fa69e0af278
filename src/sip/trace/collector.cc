#include "sip/trace/collector.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "sip/trace/hep.h"
#include "sip/trace/packet.h"

namespace sip::trace {
namespace {

struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t size = 0;
};

SocketAddress socket_address(std::uint16_t port, const RawAddress& raw) {
  SocketAddress to;
  if (raw.family == Family::V4) {
    sockaddr_in in{};
    in.sin_family = AF_INET;
    in.sin_port = htons(port);
    std::memcpy(&in.sin_addr, raw.bytes.data(), raw.bytes.size());
    std::memcpy(&to.storage, &in, sizeof in);
    to.size = sizeof in;
  } else {
    sockaddr_in6 in{};
    in.sin6_family = AF_INET6;
    in.sin6_port = htons(port);
    std::memcpy(&in.sin6_addr, raw.bytes.data(), raw.bytes.size());
    std::memcpy(&to.storage, &in, sizeof in);
    to.size = sizeof in;
  }
  return to;
}

}  // namespace

base::Result<Collector> Collector::open(const base::CaptureServer& at) {
  const auto raw = raw_address(at.host);
  if (!raw) return base::failure(std::string("no IP address"));
  const int family = raw->family == Family::V4 ? AF_INET : AF_INET6;
  const int socket = ::socket(family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (socket < 0) return base::failure(std::string(std::strerror(errno)));
  Collector collector(socket, at.capture_id);
  const SocketAddress to = socket_address(at.port, *raw);
  if (connect(socket, reinterpret_cast<const sockaddr*>(&to.storage), to.size) != 0) {
    return base::failure(std::string(std::strerror(errno)));
  }
  return collector;
}

Collector::~Collector() {
  if (socket_ >= 0) close(socket_);
}

Collector::Collector(Collector&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)), capture_id_(other.capture_id_) {}

Collector& Collector::operator=(Collector&& other) noexcept {
  std::swap(socket_, other.socket_);
  capture_id_ = other.capture_id_;
  return *this;
}

void Collector::send(const Message& message) const {
  const std::string packet = hep_packet(message, capture_id_);
  if (packet.empty()) return;
  static_cast<void>(!::send(socket_, packet.data(), packet.size(), MSG_NOSIGNAL));
}

}  // namespace sip::trace
