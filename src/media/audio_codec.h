// The codecs we speak, and how a frame of sound becomes the payload of a packet.
//
// Codecs are named by SDP; what SDP offers and which one is chosen is the core's business. A new
// codec is added here: a name, an encoder, and its row in transcode().
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "call/media_description.h"
#include "media/frame.h"

namespace media {

enum class AudioCodec : std::uint8_t { Pcmu, Pcma };
inline constexpr std::size_t kAudioCodecs = 2;
// The largest payload that an encoder makes of one frame.
inline constexpr std::size_t kPayloadBytesMax = kFrameSamples;

// Which of ours an SDP codec is; nullopt for one that we do not speak.
std::optional<AudioCodec> audio_codec(const call::Codec& codec);

// Makes payloads of frames, in their order. Some codecs remember what they encoded before, so an
// encoder belongs to one stream.
class FrameEncoder {
 public:
  FrameEncoder() = default;
  FrameEncoder(const FrameEncoder&) = delete;
  FrameEncoder& operator=(const FrameEncoder&) = delete;
  virtual ~FrameEncoder() = default;

  // Returns: how many bytes of `payload` were written.
  virtual std::size_t encode(const Frame& frame,
                             std::span<std::uint8_t, kPayloadBytesMax> payload) = 0;
};

std::unique_ptr<FrameEncoder> make_encoder(AudioCodec codec);

// The sound of a payload. Returns: how many samples were written; what does not fit is left out.
std::size_t decode(AudioCodec codec, std::span<const std::uint8_t> payload,
                   std::span<std::int16_t> samples);

// Rewrites a payload of one codec into the other, in place. Does nothing when they are the same.
void transcode(AudioCodec from, AudioCodec to, std::span<std::uint8_t> payload);

}  // namespace media
