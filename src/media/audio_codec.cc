#include "media/audio_codec.h"

#include <algorithm>

#include "base/text.h"
#include "media/g711.h"

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

}  // namespace

std::optional<AudioCodec> audio_codec(const call::Codec& codec) {
  if (codec.clock_rate != kSampleRate) return std::nullopt;
  if (codec.payload_type < 0 || codec.payload_type > 127) return std::nullopt;
  if (base::equal_ignoring_case(codec.name, "PCMU")) return AudioCodec::Pcmu;
  if (base::equal_ignoring_case(codec.name, "PCMA")) return AudioCodec::Pcma;
  return std::nullopt;
}

std::unique_ptr<FrameEncoder> make_encoder(AudioCodec codec) {
  return std::make_unique<SampleEncoder>(codec == AudioCodec::Pcmu ? ulaw_of : alaw_of);
}

std::size_t decode(AudioCodec codec, std::span<const std::uint8_t> payload,
                   std::span<std::int16_t> samples) {
  const std::size_t count = std::min(payload.size(), samples.size());
  std::transform(payload.begin(), payload.begin() + static_cast<std::ptrdiff_t>(count),
                 samples.begin(), codec == AudioCodec::Pcmu ? sample_of_ulaw : sample_of_alaw);
  return count;
}

void transcode(AudioCodec from, AudioCodec to, std::span<std::uint8_t> payload) {
  if (from == to) return;
  for (std::uint8_t& code : payload) {
    code = from == AudioCodec::Pcmu ? alaw_of(sample_of_ulaw(code)) : ulaw_of(sample_of_alaw(code));
  }
}

}  // namespace media
