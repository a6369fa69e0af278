// One SIP message as it went over the wire, with its secrets masked.
#pragma once

#include <cstdint>
#include <string>

#include "base/archive.h"

namespace sip::trace {

// An IP literal and a port.
struct Address {
  std::string host;
  std::uint16_t port = 0;

  auto operator<=>(const Address&) const = default;
};

enum class Direction { Received, Sent };

struct Message {
  std::int64_t unix_us = 0;
  Direction direction = Direction::Received;
  std::string transport;  // "udp", "tcp"
  std::string profile;
  // Ours, and the peer's. Of a connection that we made our own port is not known: it is shown as
  // the one we listen on.
  Address local;
  Address remote;
  std::string call_id;
  std::string text;

  const Address& source() const { return direction == Direction::Sent ? local : remote; }
  const Address& target() const { return direction == Direction::Sent ? remote : local; }
};

inline void describe(base::Archive& archive, Address& address) {
  archive.field("host", address.host);
  archive.field("port", address.port);
}

inline void describe(base::Archive& archive, Message& message) {
  archive.field("unix_us", message.unix_us);
  archive.field("direction", message.direction);
  archive.field("transport", message.transport);
  archive.field("profile", message.profile);
  archive.field("local", message.local);
  archive.field("remote", message.remote);
  archive.field("call_id", message.call_id);
  archive.field("text", message.text);
}

}  // namespace sip::trace
