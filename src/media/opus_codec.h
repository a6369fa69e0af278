// Opus (RFC 6716, RFC 7587) by libopus: speech at 8 kHz, 20 ms a packet, with forward error
// correction on our side and its use on the other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "media/audio_codec.h"

namespace media {

std::unique_ptr<FrameEncoder> make_opus_encoder();
std::unique_ptr<PayloadDecoder> make_opus_decoder();

// How long a packet is, in samples of ours, 120 ms at most; 0 for what is no packet of Opus.
std::size_t opus_samples_in(std::span<const std::uint8_t> payload);

}  // namespace media
