#include "media/g722_codec.h"

#include <spandsp.h>

#include <algorithm>

#include "base/check.h"

namespace media {
namespace {

constexpr int kBitRate = 64'000;

struct Free {
  void operator()(g722_encode_state_t* state) const { ::g722_encode_free(state); }
  void operator()(g722_decode_state_t* state) const { ::g722_decode_free(state); }
};

class G722Encoder : public FrameEncoder {
 public:
  G722Encoder() : state_(::g722_encode_init(nullptr, kBitRate, G722_SAMPLE_RATE_8000)) {
    CHECK(state_ != nullptr);  // Of memory only.
  }

  std::size_t encode(const Frame& frame,
                     std::span<std::uint8_t, kPayloadBytesMax> payload) override {
    const int bytes =
        ::g722_encode(state_.get(), payload.data(), frame.data(), static_cast<int>(frame.size()));
    return static_cast<std::size_t>(std::max(bytes, 0));
  }

 private:
  std::unique_ptr<g722_encode_state_t, Free> state_;
};

// One sample of every byte, whatever the bytes are.
class G722Decoder : public PayloadDecoder {
 public:
  G722Decoder() : state_(::g722_decode_init(nullptr, kBitRate, G722_SAMPLE_RATE_8000)) {
    CHECK(state_ != nullptr);
  }

  std::size_t decode(std::span<const std::uint8_t> payload,
                     std::span<std::int16_t> samples) override {
    const std::size_t bytes = std::min(payload.size(), samples.size());
    const int count =
        ::g722_decode(state_.get(), samples.data(), payload.data(), static_cast<int>(bytes));
    return static_cast<std::size_t>(std::max(count, 0));
  }

 private:
  std::unique_ptr<g722_decode_state_t, Free> state_;
};

}  // namespace

std::unique_ptr<FrameEncoder> make_g722_encoder() {
  return std::make_unique<G722Encoder>();
}

std::unique_ptr<PayloadDecoder> make_g722_decoder() {
  return std::make_unique<G722Decoder>();
}

}  // namespace media
