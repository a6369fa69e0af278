// The codecs we speak: what SDP calls them, and sound into payloads and back.
//
// Sound is 8 kHz inside, whatever the codec could carry; packets that are relayed between legs of
// one codec are not touched and keep all of it. Codecs are named by SDP; what SDP offers and which
// one is chosen is the core's business. A new codec is added here: a name, what its payloads
// measure, an encoder and a decoder.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "call/media_description.h"
#include "media/frame.h"

namespace media {

enum class AudioCodec : std::uint8_t { Pcmu, Pcma, G722, Opus };
inline constexpr std::size_t kAudioCodecs = 4;
// The largest payload that an encoder makes of one frame.
inline constexpr std::size_t kPayloadBytesMax = kFrameSamples;

// Which of ours an SDP codec is; nullopt for one that we do not speak.
std::optional<AudioCodec> audio_codec(const call::Codec& codec);

// How far RTP's timestamps go in one of our samples. G.722's clock says 8 kHz although it samples
// at 16 (RFC 3551 §4.5.2); that of Opus is 48 kHz, whatever it carries (RFC 7587 §4.1).
constexpr std::uint32_t timestamp_units(AudioCodec codec) {
  return codec == AudioCodec::Opus ? 6 : 1;
}

// One byte is one sample's time, so that payloads can be cut anywhere and joined.
constexpr bool is_cuttable(AudioCodec codec) {
  return codec != AudioCodec::Opus;
}

// Every byte is decoded by itself, in whatever order they come.
constexpr bool is_memoryless(AudioCodec codec) {
  return codec == AudioCodec::Pcmu || codec == AudioCodec::Pcma;
}

// How long a payload is, in samples of ours; 0 for what is no payload of this codec.
std::size_t samples_in(AudioCodec codec, std::span<const std::uint8_t> payload);

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

// Makes sound of payloads, in their order. A decoder belongs to one stream. Payloads are untrusted:
// of one that is none there is no sound.
class PayloadDecoder {
 public:
  PayloadDecoder() = default;
  PayloadDecoder(const PayloadDecoder&) = delete;
  PayloadDecoder& operator=(const PayloadDecoder&) = delete;
  virtual ~PayloadDecoder() = default;

  // Returns: how many samples were written. Requires: room for samples_in() of the payload.
  virtual std::size_t decode(std::span<const std::uint8_t> payload,
                             std::span<std::int16_t> samples) = 0;

  // Fills `samples` with what was lost behind the last payload, as far as the codec can guess, and
  // `next` may tell it, which is the payload behind the loss or empty. Returns: how many samples
  // were written; 0 for a codec that leaves it to others.
  virtual std::size_t conceal(std::span<const std::uint8_t> next, std::span<std::int16_t> samples);
};

std::unique_ptr<PayloadDecoder> make_decoder(AudioCodec codec);

// Whether transcode() can do it.
constexpr bool can_transcode(AudioCodec from, AudioCodec to) {
  return from == to || (is_memoryless(from) && is_memoryless(to));
}

// Rewrites a payload of one codec into the other, in place. Does nothing when they are the same.
// Requires: can_transcode().
void transcode(AudioCodec from, AudioCodec to, std::span<std::uint8_t> payload);

}  // namespace media
