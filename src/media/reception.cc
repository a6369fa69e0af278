#include "media/reception.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>

namespace media {
namespace {

// RFC 3550 A.1, MAX_DROPOUT and MAX_MISORDER: beyond these the peer counts anew.
constexpr int kDropoutMax = 3000;
constexpr int kMisorderMax = 100;

}  // namespace

void Reception::take(const RtpHeader& packet, TimePoint arrived) {
  const auto begin = [&] {
    if (stream_) lost_before_ += lost_of_stream();
    stream_ = Stream{.ssrc = packet.ssrc, .first = packet.sequence, .highest = packet.sequence};
    transit_.reset();
  };
  if (!stream_ || stream_->ssrc != packet.ssrc) begin();
  const int distance = static_cast<std::int16_t>(
      static_cast<std::uint16_t>(packet.sequence - static_cast<std::uint16_t>(stream_->highest)));
  if (distance > kDropoutMax || distance < -kMisorderMax) begin();
  if (distance > 0 && distance <= kDropoutMax) {
    stream_->highest += static_cast<std::uint32_t>(distance);
  }
  ++stream_->received;
  count_jitter(packet, arrived);
}

void Reception::count_jitter(const RtpHeader& packet, TimePoint arrived) {
  const auto now =
      std::chrono::duration_cast<std::chrono::microseconds>(arrived.time_since_epoch());
  const std::int64_t arrival = now.count() * kSampleRate / 1'000'000;
  const std::int64_t transit =
      static_cast<std::int32_t>(static_cast<std::uint32_t>(arrival) - packet.timestamp);
  if (transit_) {
    const std::int64_t change = std::abs(static_cast<std::int64_t>(
        static_cast<std::int32_t>(static_cast<std::uint32_t>(transit - *transit_))));
    // A jump of the timestamps is no jitter.
    if (change < kSampleRate) jitter_ += change - ((jitter_ + 8) >> 4);
  }
  transit_ = transit;
}

std::uint64_t Reception::lost_of_stream() const {
  // Packets that came twice must not make up for lost ones below nothing.
  return expected() - std::min(expected(), stream_->received);
}

std::optional<RtcpBlock> Reception::report() {
  if (!stream_) return std::nullopt;
  Stream& stream = *stream_;
  const std::uint64_t expected_now = expected() - stream.expected_before;
  const std::uint64_t received_now = stream.received - stream.received_before;
  stream.expected_before = expected();
  stream.received_before = stream.received;
  const std::uint64_t lost_now = expected_now - std::min(expected_now, received_now);
  return RtcpBlock{
      .ssrc = stream.ssrc,
      .fraction_lost = static_cast<std::uint8_t>(
          expected_now == 0 ? 0 : std::min<std::uint64_t>(lost_now * 256 / expected_now, 255)),
      .lost = static_cast<std::int32_t>(std::min<std::uint64_t>(lost_of_stream(), 0x7fffff)),
      .highest = stream.highest,
      .jitter = static_cast<std::uint32_t>(jitter_ >> 4)};
}

std::optional<std::uint32_t> Reception::ssrc() const {
  return stream_ ? std::optional(stream_->ssrc) : std::nullopt;
}

std::uint64_t Reception::lost() const {
  return lost_before_ + (stream_ ? lost_of_stream() : 0);
}

}  // namespace media
