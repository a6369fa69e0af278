#include "media/opus_codec.h"

#include <opus/opus.h>

#include <algorithm>

#include "base/check.h"

namespace media {
namespace {

// Good speech of 4 kHz, with room for the correction of lost packets.
constexpr int kBitRate = 24'000;
// What the correction is made for: a network that one still wants to talk over.
constexpr int kExpectedLossPercent = 10;
// All that is decoded or concealed is a multiple of 2.5 ms.
constexpr std::size_t kStep = kSampleRate / 400;

struct Destroy {
  void operator()(OpusEncoder* encoder) const { ::opus_encoder_destroy(encoder); }
  void operator()(OpusDecoder* decoder) const { ::opus_decoder_destroy(decoder); }
};

class Encoder : public FrameEncoder {
 public:
  Encoder() {
    int error = OPUS_OK;
    encoder_.reset(::opus_encoder_create(kSampleRate, 1, OPUS_APPLICATION_VOIP, &error));
    CHECK(encoder_ != nullptr);  // Of memory only.
    ::opus_encoder_ctl(encoder_.get(), OPUS_SET_BITRATE(kBitRate));
    ::opus_encoder_ctl(encoder_.get(), OPUS_SET_INBAND_FEC(1));
    ::opus_encoder_ctl(encoder_.get(), OPUS_SET_PACKET_LOSS_PERC(kExpectedLossPercent));
  }

  std::size_t encode(const Frame& frame,
                     std::span<std::uint8_t, kPayloadBytesMax> payload) override {
    const auto bytes = ::opus_encode(encoder_.get(), frame.data(), static_cast<int>(frame.size()),
                                     payload.data(), static_cast<opus_int32>(payload.size()));
    return static_cast<std::size_t>(std::max(bytes, opus_int32{0}));
  }

 private:
  std::unique_ptr<OpusEncoder, Destroy> encoder_;
};

class Decoder : public PayloadDecoder {
 public:
  Decoder() {
    int error = OPUS_OK;
    decoder_.reset(::opus_decoder_create(kSampleRate, 1, &error));
    CHECK(decoder_ != nullptr);
  }

  std::size_t decode(std::span<const std::uint8_t> payload,
                     std::span<std::int16_t> samples) override {
    if (payload.empty()) return 0;
    return run(payload, samples, 0);
  }

  // The packet behind a loss holds the sound right before it once more, more coarsely; what is lost
  // before that is guessed.
  std::size_t conceal(std::span<const std::uint8_t> next,
                      std::span<std::int16_t> samples) override {
    const std::size_t wanted = samples.size() - samples.size() % kStep;
    const std::size_t told = std::min(opus_samples_in(next), wanted);
    const std::size_t guessed = wanted > told ? run({}, samples.first(wanted - told), 0) : 0;
    if (told == 0) return guessed;
    return guessed + run(next, samples.subspan(guessed, told), 1);
  }

 private:
  std::size_t run(std::span<const std::uint8_t> payload, std::span<std::int16_t> samples,
                  int corrects) {
    const int count = ::opus_decode(decoder_.get(), payload.empty() ? nullptr : payload.data(),
                                    static_cast<opus_int32>(payload.size()), samples.data(),
                                    static_cast<int>(samples.size()), corrects);
    return static_cast<std::size_t>(std::max(count, 0));
  }

  std::unique_ptr<OpusDecoder, Destroy> decoder_;
};

}  // namespace

std::unique_ptr<FrameEncoder> make_opus_encoder() {
  return std::make_unique<Encoder>();
}

std::unique_ptr<PayloadDecoder> make_opus_decoder() {
  return std::make_unique<Decoder>();
}

std::size_t opus_samples_in(std::span<const std::uint8_t> payload) {
  if (payload.empty()) return 0;
  const int count = ::opus_packet_get_nb_samples(
      payload.data(), static_cast<opus_int32>(payload.size()), kSampleRate);
  return static_cast<std::size_t>(std::max(count, 0));
}

}  // namespace media
