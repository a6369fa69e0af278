// The timestamps of a stream that comes, in samples of ours: those of Opus count 48 to the
// millisecond (RFC 7587 §4.1).
//
// Thirty-two bits that wrap cannot be divided, so the way they went is counted. Pure; one per leg,
// whatever the codecs its peer changes between.
#pragma once

#include <cstdint>

#include "media/audio_codec.h"

namespace media {

class StreamClock {
 public:
  // Packets may come in any order; a jump of the timestamps remains one.
  std::uint32_t in_samples(AudioCodec codec, std::uint32_t timestamp) {
    const std::uint32_t units = timestamp_units(codec);
    if (units == 1) return timestamp;
    const auto step = static_cast<std::int32_t>(timestamp - last_);
    last_ = timestamp;
    gone_ += static_cast<std::uint64_t>(std::int64_t{step});
    return static_cast<std::uint32_t>(gone_ / units);
  }

 private:
  std::uint32_t last_ = 0;
  // Far from nothing, where late packets would be divided wrongly.
  std::uint64_t gone_ = std::uint64_t{6} << 48;
};

}  // namespace media
