#include "media/audio_codec.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/check.h"
#include "base/text.h"
#include "media/g711.h"
#include "media/g722_codec.h"
#include "media/opus_codec.h"

namespace media {
namespace {

// G.711 is stateless: one function per sample.
class SampleEncoder : public FrameEncoder {
 public:
  using Encode = std::uint8_t (*)(std::int16_t);
  explicit SampleEncoder(Encode sample) : encode_(sample) {}

  std::size_t encode(const Frame& frame,
                     std::span<std::uint8_t, kPayloadBytesMax> payload) override {
    std::transform(frame.begin(), frame.end(), payload.begin(), encode_);
    return frame.size();
  }

 private:
  Encode encode_;
};

class SampleDecoder : public PayloadDecoder {
 public:
  using Decode = std::int16_t (*)(std::uint8_t);
  explicit SampleDecoder(Decode sample) : decode_(sample) {}

  std::size_t decode(std::span<const std::uint8_t> payload,
                     std::span<std::int16_t> samples) override {
    const std::size_t count = std::min(payload.size(), samples.size());
    std::transform(payload.begin(), payload.begin() + static_cast<std::ptrdiff_t>(count),
                   samples.begin(), decode_);
    return count;
  }

 private:
  Decode decode_;
};

struct Name {
  std::string_view name;
  int clock_rate;
  AudioCodec codec;
};
constexpr std::array<Name, kAudioCodecs> kNames = {{{"PCMU", 8000, AudioCodec::Pcmu},
                                                    {"PCMA", 8000, AudioCodec::Pcma},
                                                    {"G722", 8000, AudioCodec::G722},
                                                    {"opus", 48'000, AudioCodec::Opus}}};

}  // namespace

std::optional<AudioCodec> audio_codec(const call::Codec& codec) {
  if (codec.payload_type < 0 || codec.payload_type > 127) return std::nullopt;
  for (const Name& known : kNames) {
    if (codec.clock_rate == known.clock_rate && base::equal_ignoring_case(codec.name, known.name)) {
      return known.codec;
    }
  }
  return std::nullopt;
}

std::size_t samples_in(AudioCodec codec, std::span<const std::uint8_t> payload) {
  return codec == AudioCodec::Opus ? opus_samples_in(payload) : payload.size();
}

std::unique_ptr<FrameEncoder> make_encoder(AudioCodec codec) {
  switch (codec) {
    case AudioCodec::Pcmu:
      return std::make_unique<SampleEncoder>(ulaw_of);
    case AudioCodec::Pcma:
      return std::make_unique<SampleEncoder>(alaw_of);
    case AudioCodec::G722:
      return make_g722_encoder();
    case AudioCodec::Opus:
      return make_opus_encoder();
  }
  return nullptr;
}

std::size_t PayloadDecoder::conceal(std::span<const std::uint8_t> /*next*/,
                                    std::span<std::int16_t> /*samples*/) {
  return 0;
}

std::unique_ptr<PayloadDecoder> make_decoder(AudioCodec codec) {
  switch (codec) {
    case AudioCodec::Pcmu:
      return std::make_unique<SampleDecoder>(sample_of_ulaw);
    case AudioCodec::Pcma:
      return std::make_unique<SampleDecoder>(sample_of_alaw);
    case AudioCodec::G722:
      return make_g722_decoder();
    case AudioCodec::Opus:
      return make_opus_decoder();
  }
  return nullptr;
}

void transcode(AudioCodec from, AudioCodec to, std::span<std::uint8_t> payload) {
  if (from == to) return;
  DCHECK(can_transcode(from, to));
  for (std::uint8_t& code : payload) {
    code = from == AudioCodec::Pcmu ? alaw_of(sample_of_ulaw(code)) : ulaw_of(sample_of_alaw(code));
  }
}

}  // namespace media
