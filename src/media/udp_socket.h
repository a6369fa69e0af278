// UDP sockets of the RTP plane: bound, non-blocking, read and written in batches.
//
// A leg has one socket, for its port is its identity in NAT and firewall; so packets are batched
// per leg (sendmmsg with what one leg is to get) and never across legs, which the kernel has no
// call for. Worker's thread only.
#pragma once

#include <sys/uio.h>

#include <array>
#include <cstdint>
#include <span>

#include "base/result.h"
#include "media/endpoint.h"
#include "media/file_descriptor.h"
#include "media/rtp_packet.h"

namespace media {

class UdpSocket {
 public:
  // Binds to exactly this address and port; what is sent is marked with this DSCP (RFC 2474).
  // Returns: errno of what failed.
  static constexpr int kVoiceDscp = 46;  // Expedited forwarding, RFC 3246.
  static base::Result<UdpSocket, int> bind(const Endpoint& where, int dscp = kVoiceDscp);

  int fd() const { return fd_.get(); }

  // One packet of two pieces, a header of its own and a payload that others share.
  // Returns: whether the kernel took it.
  bool send(const Endpoint& to, std::span<const std::uint8_t> header,
            std::span<const std::uint8_t> payload) const;

 private:
  explicit UdpSocket(int fd) : fd_(fd) {}

  FileDescriptor fd_;
};

// Datagrams that were waiting at a socket. Reused from read to read.
class ReceiveBatch {
 public:
  static constexpr std::size_t kSize = 32;

  ReceiveBatch();

  // Takes what waits, at most kSize. Returns: how many.
  std::size_t receive(const UdpSocket& socket);

  // Lifetime of the views: until the next receive(). A datagram larger than kDatagramBytesMax is
  // shown with one byte more than that.
  std::span<std::uint8_t> datagram(std::size_t index);
  const Endpoint& from(std::size_t index) const { return from_[index]; }

 private:
  using Buffer = std::array<std::uint8_t, kDatagramBytesMax + 1>;
  std::array<Buffer, kSize> buffers_;
  std::array<Endpoint, kSize> from_;
  std::array<iovec, kSize> pieces_{};
  std::array<mmsghdr, kSize> messages_{};
};

// Packets for one leg, sent with one call.
class SendBatch {
 public:
  // Adds a packet; its bytes must stay until send(). Requires: fewer than ReceiveBatch::kSize wait.
  void add(std::span<std::uint8_t> packet);
  std::size_t size() const { return size_; }

  // Sends and forgets all. Returns: how many the kernel took.
  std::size_t send(const UdpSocket& socket, const Endpoint& to);

 private:
  std::array<iovec, ReceiveBatch::kSize> pieces_{};
  std::array<mmsghdr, ReceiveBatch::kSize> messages_{};
  std::size_t size_ = 0;
};

}  // namespace media
