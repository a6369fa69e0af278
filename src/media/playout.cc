#include "media/playout.h"

#include <algorithm>
#include <array>
#include <utility>

namespace media {

void Playout::take(const SoundPacket& packet, Position now) {
  const std::size_t samples = samples_in(packet.codec, packet.payload);
  if (samples == 0 || samples > kSamplesMax) return;
  if (codec_ != packet.codec) {
    codec_ = packet.codec;
    decoder_ = make_decoder(packet.codec);
    held_.clear();
    has_spoken_ = false;
  }
  const auto at = track_.place(packet.header, samples, now);
  if (!at) return;
  if (is_memoryless(packet.codec)) return decode(packet.payload, *at);
  if (held_.size() >= kHeldMax) return;
  held_.try_emplace(*at, packet.payload.begin(), packet.payload.end());
}

void Playout::next(Frame& frame) {
  decode_until(track_.position() + static_cast<Position>(kFrameSamples));
  track_.next(frame);
}

void Playout::decode_until(Position end) {
  if (!decoder_ || is_memoryless(*codec_)) return;
  decoded_ = std::max(decoded_, track_.position());
  while (decoded_ < end) {
    // What came too late to follow what has been decoded would only confuse the decoder.
    while (!held_.empty() && held_.begin()->first < decoded_ - kOverlapMax) {
      held_.erase(held_.begin());
    }
    const Position next = held_.empty() ? end : std::min(held_.begin()->first, end);
    if (next > decoded_) conceal_until(next);
    if (held_.empty() || held_.begin()->first >= end) break;
    const auto packet = held_.extract(held_.begin());
    decode(packet.mapped(), packet.key());
  }
}

void Playout::decode(std::span<const std::uint8_t> payload, Position at) {
  std::array<std::int16_t, kSamplesMax> samples{};
  const std::size_t count = decoder_->decode(payload, samples);
  track_.put(std::span(samples).first(count), at);
  // One that is not Opus inside took its time all the same, so that this goes on in any case.
  const auto length = static_cast<Position>(samples_in(*codec_, payload));
  decoded_ = std::max(decoded_ + 1, at + length);
  told_ = decoded_;
  has_spoken_ = true;
}

// Up to the next packet that is there, or to the end of the frame.
void Playout::conceal_until(Position end) {
  const Position from = std::exchange(decoded_, end);
  if (!has_spoken_ || from - told_ >= kConcealedMax) return;
  std::span<const std::uint8_t> next;
  if (!held_.empty() && held_.begin()->first == end) next = held_.begin()->second;
  std::array<std::int16_t, kFrameSamples> samples{};
  const auto wanted = static_cast<std::size_t>(end - from);
  const std::size_t count =
      decoder_->conceal(next, std::span(samples).first(std::min(wanted, samples.size())));
  track_.put(std::span(samples).first(count), from);
}

}  // namespace media
