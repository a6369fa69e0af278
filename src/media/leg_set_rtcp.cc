// What legs and their peers tell each other of their streams (RFC 3550 §6), and silence.
#include <algorithm>

#include "media/leg_set.h"

namespace media {
namespace {

// NTP's 32.32 fixed point. RFC 3550 §6.4.1 allows time that counts from any start.
std::uint64_t ntp_time_of(TimePoint at) {
  using std::chrono::duration_cast;
  const auto since = at.time_since_epoch();
  const auto seconds = duration_cast<std::chrono::seconds>(since);
  const auto rest = duration_cast<std::chrono::nanoseconds>(since - seconds);
  return static_cast<std::uint64_t>(seconds.count()) << 32 |
         (static_cast<std::uint64_t>(rest.count()) << 32) / 1'000'000'000;
}

// The middle 32 bits, which reports refer to.
std::uint32_t short_time_of(TimePoint at) {
  return static_cast<std::uint32_t>(ntp_time_of(at) >> 16);
}

}  // namespace

void LegSet::receive_rtcp(base::LegId id) {
  Leg* leg = find(id);
  if (leg == nullptr || !leg->rtcp.socket) return;
  const std::size_t count = received_.receive(*leg->rtcp.socket);
  for (std::size_t index = 0; index < count; ++index) {
    // From the host that sends the sound; its RTCP port is where it says, or NAT does.
    const Endpoint& from = received_.from(index);
    if (!leg->connection || !from.is_same_host(leg->latch.destination())) continue;
    const auto report = parse_rtcp(received_.datagram(index));
    if (report) take_report(*leg, *report, from);
  }
}

void LegSet::take_report(Leg& leg, const RtcpReport& report, const Endpoint& from) {
  const std::uint32_t units = timestamp_units(leg.connection->codec);
  Rtcp& rtcp = leg.rtcp;
  rtcp.destination = from;
  ++rtcp.received;
  if (report.sender) {
    rtcp.last_report = static_cast<std::uint32_t>(report.sender->ntp_time >> 16);
    rtcp.last_report_at = now_;
  }
  for (const RtcpBlock& block : report.blocks) {
    if (block.ssrc != leg.cursor.ssrc()) continue;
    rtcp.lost = block.lost;
    rtcp.jitter_ms = block.jitter / (kSamplesPerMs * units);
    if (block.last_report == 0) continue;
    // RFC 3550 §6.4.1, in 1/65536 s; what cannot be is not believed.
    const std::uint32_t took = short_time_of(now_) - block.last_report - block.delay;
    constexpr std::uint32_t kLongest = 10 << 16;
    if (took < kLongest) rtcp.round_trip_ms = static_cast<std::int64_t>(took) * 1000 >> 16;
  }
}

void LegSet::send_reports() {
  for (auto& [id, leg] : legs_) {
    if (!leg.connection || !leg.rtcp.socket || tick_ < leg.rtcp.due) continue;
    // RFC 3550 §6.2: between half and one and a half of the interval, so that legs do not send in
    // step.
    leg.rtcp.due = tick_ + report_ticks_ / 2 + random_.next() % std::max<Tick>(report_ticks_, 1);
    send_report(leg);
  }
}

void LegSet::send_report(Leg& leg) {
  Rtcp& rtcp = leg.rtcp;
  const std::uint32_t units = timestamp_units(leg.connection->codec);
  RtcpReport report{.ssrc = leg.cursor.ssrc()};
  if (leg.sent.packets > 0) {
    report.sender = RtcpSender{.ntp_time = ntp_time_of(now_),
                               .timestamp = leg.cursor.timestamp() * units,
                               .packets = static_cast<std::uint32_t>(leg.sent.packets),
                               .bytes = static_cast<std::uint32_t>(leg.sent.bytes)};
  }
  if (auto block = leg.reception.report()) {
    block->jitter *= units;
    if (rtcp.last_report != 0) {
      block->last_report = rtcp.last_report;
      block->delay = short_time_of(now_) - short_time_of(rtcp.last_report_at);
    }
    report.blocks.push_back(*block);
  }
  const auto bytes = write_rtcp(report, "ringmaster");
  const Endpoint& sound = leg.latch.destination();
  const Endpoint next_port = sound.with_port(static_cast<std::uint16_t>(sound.port() + 1));
  const Endpoint& to = rtcp.destination.is_same_host(sound) ? rtcp.destination : next_port;
  static_cast<void>(rtcp.socket->send(to, bytes, {}));
}

void LegSet::watch_silence() {
  for (auto& [id, leg] : legs_) {
    if (!leg.connection || leg.connection->silence_max == std::chrono::seconds(0)) continue;
    if (now_ - leg.heard_at < leg.connection->silence_max) continue;
    leg.connection->silence_max = {};  // It is told once.
    with_.reports.send(call::MediaTimedOut{.leg = id});
  }
}

call::MediaStatistics LegSet::statistics_of(const Leg& leg) {
  return {.in_packets = leg.heard.packets,
          .in_bytes = leg.heard.bytes,
          .in_lost = leg.reception.lost(),
          .in_digit_packets = leg.heard.digit_packets,
          .in_jitter_ms = leg.reception.jitter_ms(),
          .out_packets = leg.sent.packets,
          .out_bytes = leg.sent.bytes,
          .rtcp_packets = leg.rtcp.received,
          .out_lost = leg.rtcp.lost,
          .out_jitter_ms = leg.rtcp.jitter_ms,
          .round_trip_ms = leg.rtcp.round_trip_ms};
}

}  // namespace media
