// What the core orders.
#include <fmt/format.h>
#include <sys/epoll.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>
#include <variant>

#include "base/log.h"
#include "base/text.h"
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

// What the payload types that may come mean. The numbers that the peer was told stand first.
std::vector<Heard> heard_of(const call::ConnectMedia& order, const Connection& connection) {
  std::vector<Heard> heard;
  for (const call::Codec& codec : order.hears) {
    if (codec.payload_type < 0 || codec.payload_type > 127) continue;
    const auto type = static_cast<std::uint8_t>(codec.payload_type);
    if (const auto known = audio_codec(codec)) {
      heard.push_back({type, known});
    } else if (base::equal_ignoring_case(codec.name, "telephone-event")) {
      heard.push_back({type, std::nullopt});
    }
  }
  heard.push_back({connection.payload_type, connection.codec});
  if (connection.digits_payload_type) {
    heard.push_back({*connection.digits_payload_type, std::nullopt});
  }
  return heard;
}

std::int64_t milliseconds_of(TimePoint at) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(at.time_since_epoch()).count();
}

}  // namespace

LegSet::LegSet(const Surroundings& with, PortRange ports, std::uint64_t random)
    : with_(with),
      ports_(ports),
      random_(random),
      report_ticks_(static_cast<Tick>(with.report_interval / kFrameLength)) {}

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
  auto sockets = order.leg ? bind(order, port) : base::failure(std::string("no leg is named"));
  if (sockets && !watch(*sockets, order.leg)) sockets = base::failure(reason(errno));
  if (!sockets) {
    with_.reports.send(call::MediaFailed{.leg = order.leg, .why = sockets.error()});
    return;
  }

  const auto added = legs_.emplace(order.leg, Leg{.id = order.leg,
                                                  .socket = std::move(sockets->rtp),
                                                  .port = port,
                                                  .cursor = cursor_of(order)});
  Leg& leg = added.first->second;
  leg.rtcp.socket = std::move(sockets->rtcp);
  leg.rtcp.due = tick_ + report_ticks_;
  record(leg);
  with_.reports.send(call::MediaOpened{.leg = order.leg, .port = port});
}

bool LegSet::watch(const Sockets& sockets, base::LegId leg) const {
  const auto add = [&](const UdpSocket& socket, std::uint64_t data) {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = data;
    return ::epoll_ctl(with_.epoll_fd, EPOLL_CTL_ADD, socket.fd(), &event) == 0;
  };
  return add(sockets.rtp, leg.value) && (!sockets.rtcp || add(*sockets.rtcp, leg.value | kRtcpBit));
}

// Binds the port that is ordered, or a free one of the range; `port` tells which. A leg that comes
// back goes without RTCP rather than without its port.
base::Result<LegSet::Sockets> LegSet::bind(const call::OpenMedia& order, std::uint16_t& port) {
  if (order.port == 0) return bind_any(order, port);
  const auto where = Endpoint::parse(order.address, order.port);
  if (!where) return base::failure(where.error());
  auto rtp = UdpSocket::bind(*where, order.dscp);
  if (!rtp) return base::failure(fmt::format("{}: {}", where->text(), reason(rtp.error())));
  auto rtcp =
      UdpSocket::bind(where->with_port(static_cast<std::uint16_t>(order.port + 1)), order.dscp);
  return Sockets{std::move(*rtp), rtcp ? std::optional(std::move(*rtcp)) : std::nullopt};
}

// Walks the range twice: ports of legs that may come back after a restart are left to them as long
// as there are others. The port behind is for RTCP (RFC 3550 §11).
base::Result<LegSet::Sockets> LegSet::bind_any(const call::OpenMedia& order, std::uint16_t& port) {
  for (const bool awaited : {false, true}) {
    for (std::size_t count = 0; count < ports_.size(); ++count) {
      port = ports_.next();
      if (with_.ledger.awaits(port) != awaited) continue;
      const auto where = Endpoint::parse(order.address, port);
      if (!where) return base::failure(where.error());
      auto rtp = UdpSocket::bind(*where, order.dscp);
      if (rtp) {
        auto rtcp =
            UdpSocket::bind(where->with_port(static_cast<std::uint16_t>(port + 1)), order.dscp);
        return Sockets{std::move(*rtp), rtcp ? std::optional(std::move(*rtcp)) : std::nullopt};
      }
      // Only a port that is taken or forbidden is a reason to try another one.
      if (rtp.error() != EADDRINUSE && rtp.error() != EACCES) {
        return base::failure(fmt::format("{}: {}", where->text(), reason(rtp.error())));
      }
    }
  }
  return base::failure(
      fmt::format("no free RTP port in {}-{} on {}", ports_.first(), ports_.last(), order.address));
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
    base::log_warning(base::LogSubject{base::LogArea::Media, order.leg},
                      "leg {}: the RTP ledger does not know it, its stream starts anew",
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
    base::log_warning(base::LogSubject{base::LogArea::Media, order.leg},
                      "leg {}: cannot speak {}/{} to {}:{}", order.leg.value, order.codec.name,
                      order.codec.clock_rate, order.address, order.port);
    leg->connection.reset();
    return;
  }

  // A peer at 0.0.0.0 holds in the manner of RFC 2543: it is where it was, but not to be sent to.
  const bool held = where->is_unspecified();
  if (!held) leg->latch.signal(*where, now_);
  Connection connection{.codec = *codec,
                        .payload_type = static_cast<std::uint8_t>(order.codec.payload_type),
                        .digits_payload_type = std::nullopt,
                        .digits_units = static_cast<std::uint32_t>(
                            std::clamp(order.digits_clock_rate / kSampleRate, 1, 6)),
                        .hears = {},
                        .direction = held ? muted(order.direction) : order.direction,
                        .silence_max = std::chrono::seconds(std::max(order.silence_seconds, 0))};
  // One number for both would turn every frame of sound into a key.
  const int digits = order.digits_payload_type;
  if (digits >= 0 && digits <= 127 && digits != order.codec.payload_type) {
    connection.digits_payload_type = static_cast<std::uint8_t>(digits);
  }
  connection.hears = heard_of(order, connection);
  if (!leg->connection || leg->connection->codec != *codec) leg->frames.forget();
  leg->connection = std::move(connection);
  leg->heard_at = now_;
  cut_into(*leg, order.packet_ms);
  if (leg->connection->takes_keys()) {
    leg->key_tones.reset();
  } else if (!leg->key_tones) {
    leg->key_tones = std::make_unique<KeyTones>(tick_);
  }
  forget_transcoding(*leg);
  if (Leg* other = find(leg->bridged_with)) forget_transcoding(*other);
  arrange_listening();
}

// Whether it is needed shows the next packet.
void LegSet::forget_transcoding(Leg& leg) {
  leg.is_transcoded = false;
  transcoded_.erase(leg.id);
}

// The length of what the peer is sent from now on.
void LegSet::cut_into(Leg& leg, int packet_ms) {
  const std::size_t samples =
      static_cast<std::size_t>(std::clamp(packet_ms, 10, 60)) * kSamplesPerMs;
  if (samples == leg.frames.samples_per_packet()) return;
  leg.frames = Packetiser(samples);
  leg.recutter = RtpRecutter(samples);
}

void LegSet::carry_out(const call::PlaySound& order) {
  Leg* leg = find(order.leg);
  if (leg == nullptr) return;
  auto stream = with_.sounds.stream_of({.text = order.sound,
                                        .ending = order.loop ? Ending::StartsOver : Ending::Stops,
                                        .prefix = order.prefix});
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

void LegSet::carry_out(const call::SendDigit& order) {
  Leg* leg = find(order.leg);
  if (leg != nullptr && order.digit.size() == 1) press(*leg, order.digit[0]);
}

void LegSet::press(Leg& leg, char digit) {
  if (leg.connection && leg.connection->digits_payload_type) leg.keys.press(digit);
}

void LegSet::carry_out(const call::BridgeMedia& order) {
  Leg* first = find(order.first);
  Leg* second = find(order.second);
  for (Leg* leg : {first, second}) {
    if (leg == nullptr) continue;
    separate(*leg);
    leg->playback.reset();
    leg->frames.forget();
  }
  // A leg bridged with one that is gone hears nothing, until the core says what follows.
  if (first == nullptr || second == nullptr || first == second) return arrange_listening();
  first->bridged_with = second->id;
  second->bridged_with = first->id;
  arrange_listening();
}

void LegSet::carry_out(const call::UnbridgeMedia& order) {
  Leg* first = find(order.first);
  if (first == nullptr || first->bridged_with != order.second) return;
  separate(*first);
  arrange_listening();
}

void LegSet::carry_out(const call::CloseMedia& order) {
  with_.ledger.free(order.leg);
  Leg* leg = find(order.leg);
  if (leg != nullptr) end_recordings_of(*leg);
  with_.reports.send(call::MediaClosed{
      .leg = order.leg,
      .statistics = leg == nullptr ? call::MediaStatistics{} : statistics_of(*leg)});
  if (leg == nullptr) return;
  separate(*leg);
  legs_.erase(order.leg);  // Closing the sockets takes them out of epoll too.
  listeners_.erase(order.leg);
  arrange_listening();
}

// Ends the bridge this leg is in, on both sides.
void LegSet::separate(Leg& leg) {
  if (Leg* other = find(std::exchange(leg.bridged_with, {}))) {
    other->bridged_with = {};
    other->interrupt_relay();
    forget_transcoding(*other);
  }
  leg.interrupt_relay();
  forget_transcoding(leg);
}

}  // namespace media
