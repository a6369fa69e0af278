// What the core orders.
#include <fmt/format.h>
#include <sys/epoll.h>

#include <cerrno>
#include <system_error>
#include <utility>
#include <variant>

#include "base/log.h"
#include "media/leg_set.h"

namespace media {
namespace {

std::string reason(int error) {
  return std::generic_category().message(error);
}

// The same direction without sending.
call::MediaDirection muted(call::MediaDirection direction) {
  const bool receives = direction == call::MediaDirection::SendReceive ||
                        direction == call::MediaDirection::ReceiveOnly;
  return receives ? call::MediaDirection::ReceiveOnly : call::MediaDirection::Inactive;
}

std::int64_t milliseconds_of(TimePoint at) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(at.time_since_epoch()).count();
}

}  // namespace

LegSet::LegSet(const Surroundings& with, PortRange ports, std::uint64_t random)
    : with_(with), ports_(ports), random_(random) {}

void LegSet::set_time(TimePoint now, Tick tick) {
  now_ = now;
  tick_ = tick;
}

void LegSet::apply(const call::MediaOrder& order) {
  std::visit([this](const auto& some) { carry_out(some); }, order);
}

Leg* LegSet::find(base::LegId leg) {
  const auto found = legs_.find(leg);
  return found == legs_.end() ? nullptr : &found->second;
}

void LegSet::carry_out(const call::OpenMedia& order) {
  if (const Leg* open = find(order.leg)) {
    with_.reports.send(call::MediaOpened{.leg = order.leg, .port = open->port});
    return;
  }
  std::uint16_t port = order.port;
  auto socket = order.leg ? bind(order, port) : base::failure(std::string("no leg is named"));
  if (socket) {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = order.leg.value;
    if (::epoll_ctl(with_.epoll_fd, EPOLL_CTL_ADD, socket->fd(), &event) != 0) {
      socket = base::failure(reason(errno));
    }
  }
  if (!socket) {
    with_.reports.send(call::MediaFailed{.leg = order.leg, .why = socket.error()});
    return;
  }

  const auto added = legs_.emplace(
      order.leg,
      Leg{.id = order.leg, .socket = std::move(*socket), .port = port, .cursor = cursor_of(order)});
  record(added.first->second);
  with_.reports.send(call::MediaOpened{.leg = order.leg, .port = port});
}

// Binds the port that is ordered, or a free one of the range; `port` tells which.
base::Result<UdpSocket> LegSet::bind(const call::OpenMedia& order, std::uint16_t& port) {
  if (order.port == 0) return bind_any(order.address, port);
  const auto where = Endpoint::parse(order.address, order.port);
  if (!where) return base::failure(where.error());
  auto socket = UdpSocket::bind(*where);
  if (!socket) {
    return base::failure(fmt::format("{}: {}", where->text(), reason(socket.error())));
  }
  return std::move(*socket);
}

// Walks the range twice: ports of legs that may come back after a restart are left to them as long
// as there are others.
base::Result<UdpSocket> LegSet::bind_any(const std::string& address, std::uint16_t& port) {
  for (const bool awaited : {false, true}) {
    for (std::size_t count = 0; count < ports_.size(); ++count) {
      port = ports_.next();
      if (with_.ledger.awaits(port) != awaited) continue;
      const auto where = Endpoint::parse(address, port);
      if (!where) return base::failure(where.error());
      auto socket = UdpSocket::bind(*where);
      if (socket) return std::move(*socket);
      // Only a port that is taken or forbidden is a reason to try another one.
      if (socket.error() != EADDRINUSE && socket.error() != EACCES) {
        return base::failure(fmt::format("{}: {}", where->text(), reason(socket.error())));
      }
    }
  }
  return base::failure(
      fmt::format("no free RTP port in {}-{} on {}", ports_.first(), ports_.last(), address));
}

RtpCursor LegSet::cursor_of(const call::OpenMedia& order) {
  if (order.port != 0) {
    if (const auto last = with_.ledger.take_over(order.leg)) {
      return RtpCursor(RtpCursor::Last{.ssrc = last->ssrc,
                                       .sequence = last->sequence,
                                       .timestamp = last->timestamp,
                                       .silent_for = std::chrono::milliseconds(
                                           milliseconds_of(now_) - last->at_ms)},
                       tick_);
    }
    base::log_warning("leg {}: the RTP ledger does not know it, its stream starts anew",
                      order.leg.value);
  }
  return RtpCursor(random_.next(), tick_);
}

void LegSet::record(const Leg& leg) {
  with_.ledger.write(leg.id, {.ssrc = leg.cursor.ssrc(),
                              .sequence = leg.cursor.sequence(),
                              .timestamp = leg.cursor.timestamp(),
                              .at_ms = milliseconds_of(now_),
                              .port = leg.port});
}

void LegSet::carry_out(const call::ConnectMedia& order) {
  Leg* leg = find(order.leg);
  if (leg == nullptr) return;
  const auto codec = audio_codec(order.codec);
  const auto where = Endpoint::parse(order.address, order.port);
  if (!codec || !where || order.port == 0) {
    base::log_warning("leg {}: cannot speak {}/{} to {}:{}", order.leg.value, order.codec.name,
                      order.codec.clock_rate, order.address, order.port);
    leg->connection.reset();
    return;
  }

  // A peer at 0.0.0.0 holds in the manner of RFC 2543: it is where it was, but not to be sent to.
  const bool held = where->is_unspecified();
  if (!held) leg->latch.signal(*where, now_);
  leg->connection = Connection{.codec = *codec,
                               .payload_type = static_cast<std::uint8_t>(order.codec.payload_type),
                               .digits_payload_type = std::nullopt,
                               .direction = held ? muted(order.direction) : order.direction};
  // One number for both would turn every frame of sound into a key.
  const int digits = order.digits_payload_type;
  if (digits >= 0 && digits <= 127 && digits != order.codec.payload_type) {
    leg->connection->digits_payload_type = static_cast<std::uint8_t>(digits);
  }
}

void LegSet::carry_out(const call::PlaySound& order) {
  Leg* leg = find(order.leg);
  if (leg == nullptr) return;
  auto stream =
      with_.sounds.stream_of(order.sound, order.loop ? Ending::StartsOver : Ending::Stops);
  if (!stream) {
    leg->playback.reset();
    with_.reports.send(call::PlaybackEnded{.leg = order.leg,
                                           .playback = order.playback,
                                           .how = call::PlaybackEnded::How::Unplayable,
                                           .why = stream.error()});
    return;
  }
  leg->playback = Playback{.id = order.playback, .stream = std::move(*stream)};
}

void LegSet::carry_out(const call::StopSound& order) {
  Leg* leg = find(order.leg);
  if (leg != nullptr && leg->playback && leg->playback->id == order.playback) {
    leg->playback.reset();
  }
}

void LegSet::carry_out(const call::BridgeMedia& order) {
  Leg* first = find(order.first);
  Leg* second = find(order.second);
  for (Leg* leg : {first, second}) {
    if (leg == nullptr) continue;
    separate(*leg);
    leg->playback.reset();
  }
  // A leg bridged with one that is gone hears nothing, until the core says what follows.
  if (first == nullptr || second == nullptr || first == second) return;
  first->bridged_with = second->id;
  second->bridged_with = first->id;
}

void LegSet::carry_out(const call::UnbridgeMedia& order) {
  Leg* first = find(order.first);
  if (first != nullptr && first->bridged_with == order.second) separate(*first);
}

void LegSet::carry_out(const call::CloseMedia& order) {
  with_.ledger.free(order.leg);
  Leg* leg = find(order.leg);
  if (leg == nullptr) return;
  separate(*leg);
  legs_.erase(order.leg);  // Closing the socket takes it out of epoll too.
}

// Ends the bridge this leg is in, on both sides.
void LegSet::separate(Leg& leg) {
  if (Leg* other = find(std::exchange(leg.bridged_with, {}))) {
    other->bridged_with = {};
    other->relay.interrupt();
  }
  leg.relay.interrupt();
}

}  // namespace media
