// A capture server on the network, sent HEP datagrams that may get lost. Never waits. Sip thread
// only.
#pragma once

#include <cstdint>

#include "base/capture_server.h"
#include "base/result.h"
#include "sip/trace/message.h"

namespace sip::trace {

class Collector {
 public:
  static base::Result<Collector> open(const base::CaptureServer& at);
  ~Collector();
  Collector(Collector&& other) noexcept;
  Collector& operator=(Collector&& other) noexcept;

  // What the socket does not take at once is lost.
  void send(const Message& message) const;

 private:
  Collector(int socket, std::uint32_t capture_id) : socket_(socket), capture_id_(capture_id) {}

  int socket_ = -1;
  std::uint32_t capture_id_ = 0;
};

}  // namespace sip::trace
