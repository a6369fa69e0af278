// Frames into payloads for one leg, in whatever codec it has at the moment.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "media/audio_codec.h"
#include "media/frame.h"

namespace media {

class FrameCoder {
 public:
  // Lifetime of the payload: until the next encode().
  std::span<const std::uint8_t> encode(AudioCodec codec, const Frame& frame) {
    if (codec_ != codec) {
      codec_ = codec;
      encoder_ = make_encoder(codec);
    }
    return std::span(payload_).first(encoder_->encode(frame, payload_));
  }

 private:
  std::optional<AudioCodec> codec_;
  std::unique_ptr<FrameEncoder> encoder_;
  std::array<std::uint8_t, kPayloadBytesMax> payload_{};
};

}  // namespace media
