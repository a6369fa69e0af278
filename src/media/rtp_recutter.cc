#include "media/rtp_recutter.h"

#include <algorithm>

namespace media {
namespace {

// As in RtpRelay: beyond these a difference is a new count, not loss, disorder or a pause.
constexpr int kLostMax = 500;
constexpr int kDisorderMax = 100;
constexpr std::int32_t kAheadMax = 60 * kSampleRate;

}  // namespace

void RtpRecutter::leave_out(const RtpHeader& in) {
  if (!flowing_ || flowing_->ssrc != in.ssrc) return;
  if (distance_from(flowing_->newest, in.sequence) > 0) flowing_->newest = in.sequence;
}

void RtpRecutter::interrupt() {
  flowing_.reset();
  packetiser_.forget();
}

int RtpRecutter::distance_from(std::uint16_t last, std::uint16_t next) {
  return static_cast<std::int16_t>(static_cast<std::uint16_t>(next - last));
}

// Whether the packet belongs to the flow, in order or too late. Sound that overlaps what came
// before it in order is a new count too.
bool RtpRecutter::follows(const RtpHeader& in) const {
  if (!flowing_ || flowing_->ssrc != in.ssrc) return false;
  const int distance = distance_from(flowing_->newest, in.sequence);
  if (distance > kLostMax || distance < -kDisorderMax) return false;
  if (distance <= 0) return true;
  const auto ahead = static_cast<std::int32_t>(in.timestamp - flowing_->expected);
  return ahead >= 0 ? ahead <= kAheadMax : false;
}

void RtpRecutter::begin(const RtpHeader& in, const RtpPlace& place) {
  packetiser_.forget();
  flowing_ = Flow{.ssrc = in.ssrc,
                  .newest = static_cast<std::uint16_t>(in.sequence - 1),
                  .expected = in.timestamp,
                  .shift = place.timestamp - in.timestamp};
}

// How many packets of ours so much lost sound would have made, rounded.
std::uint16_t RtpRecutter::packets_in(std::uint32_t samples) const {
  const std::size_t wanted = packetiser_.samples_per_packet();
  return static_cast<std::uint16_t>(
      std::min<std::size_t>((samples + wanted / 2) / wanted, kLostMax));
}

}  // namespace media
