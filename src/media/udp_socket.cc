#include "media/udp_socket.h"

#include <netinet/ip.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>

#include "base/check.h"

namespace media {

base::Result<UdpSocket, int> UdpSocket::bind(const Endpoint& where, int dscp) {
  const int family = where.data()->sa_family;
  UdpSocket socket(::socket(family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (socket.fd() < 0) return base::failure(errno);
  if (::bind(socket.fd(), where.data(), where.size()) != 0) return base::failure(errno);
  // Failing to mark packets is no reason to lose a call.
  const int level = family == AF_INET6 ? IPPROTO_IPV6 : IPPROTO_IP;
  const int option = family == AF_INET6 ? IPV6_TCLASS : IP_TOS;
  const int mark = std::clamp(dscp, 0, 63) << 2;
  static_cast<void>(::setsockopt(socket.fd(), level, option, &mark, sizeof(mark)));
  return socket;
}

bool UdpSocket::send(const Endpoint& to, std::span<const std::uint8_t> header,
                     std::span<const std::uint8_t> payload) const {
  // The kernel's types know no const; sending writes nothing.
  std::array<iovec, 2> pieces{{{const_cast<std::uint8_t*>(header.data()), header.size()},
                               {const_cast<std::uint8_t*>(payload.data()), payload.size()}}};
  msghdr message{};
  message.msg_name = const_cast<sockaddr*>(to.data());
  message.msg_namelen = to.size();
  message.msg_iov = pieces.data();
  message.msg_iovlen = pieces.size();
  return ::sendmsg(fd(), &message, MSG_NOSIGNAL) >= 0;
}

ReceiveBatch::ReceiveBatch() {
  for (std::size_t index = 0; index < kSize; ++index) {
    pieces_[index] = {buffers_[index].data(), buffers_[index].size()};
    messages_[index].msg_hdr.msg_iov = &pieces_[index];
    messages_[index].msg_hdr.msg_iovlen = 1;
    messages_[index].msg_hdr.msg_name = from_[index].writable();
  }
}

std::size_t ReceiveBatch::receive(const UdpSocket& socket) {
  for (mmsghdr& message : messages_) message.msg_hdr.msg_namelen = Endpoint::kCapacity;
  const int got = ::recvmmsg(socket.fd(), messages_.data(), kSize, MSG_DONTWAIT, nullptr);
  return got < 0 ? 0 : static_cast<std::size_t>(got);
}

std::span<std::uint8_t> ReceiveBatch::datagram(std::size_t index) {
  return std::span(buffers_[index]).first(messages_[index].msg_len);
}

void SendBatch::add(std::span<std::uint8_t> packet) {
  DCHECK(size_ < pieces_.size());
  pieces_[size_++] = {packet.data(), packet.size()};
}

std::size_t SendBatch::send(const UdpSocket& socket, const Endpoint& to) {
  for (std::size_t index = 0; index < size_; ++index) {
    msghdr& header = messages_[index].msg_hdr;
    header = {};
    header.msg_name = const_cast<sockaddr*>(to.data());
    header.msg_namelen = to.size();
    header.msg_iov = &pieces_[index];
    header.msg_iovlen = 1;
  }
  // The call stops at the first packet that is refused; those behind it get their own try.
  std::size_t taken = 0;
  for (std::size_t next = 0; next < size_;) {
    const auto count = static_cast<unsigned>(size_ - next);
    const int sent = ::sendmmsg(socket.fd(), &messages_[next], count, MSG_NOSIGNAL);
    taken += sent > 0 ? static_cast<std::size_t>(sent) : 0;
    next += sent > 0 ? static_cast<std::size_t>(sent) : 1;
  }
  size_ = 0;
  return taken;
}

}  // namespace media
