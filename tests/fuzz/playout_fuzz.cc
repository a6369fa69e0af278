// Packets of sound from anywhere, in every codec: the jitter buffer goes on in step, whatever they
// hold and in whatever order they come.
#include <algorithm>
#include <span>

#include "base/check.h"
#include "media/audio_codec.h"
#include "media/playout.h"
#include "tests/fuzz/fuzz_input.h"

namespace {

// Each packet: what its header says in three bytes, its length in one, and its payload.
constexpr std::size_t kHeadBytes = 4;

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::span<const std::uint8_t> rest(data, size);
  media::Playout playout;
  media::Playout::Position now = 0;
  media::RtpHeader header{.ssrc = 1};
  while (rest.size() > kHeadBytes) {
    const auto codec = static_cast<media::AudioCodec>(rest[0] % media::kAudioCodecs);
    const int ticks = rest[0] >> 6;
    header.sequence = static_cast<std::uint16_t>(header.sequence + static_cast<int>(rest[1]) - 8);
    header.timestamp += static_cast<std::uint32_t>(rest[2]) * 20U - 320U;
    const std::size_t length = std::min<std::size_t>(rest[3], rest.size() - kHeadBytes);
    const auto payload = rest.subspan(kHeadBytes, length);
    rest = rest.subspan(kHeadBytes + length);

    CHECK(media::samples_in(codec, payload) <= media::kDatagramBytesMax);
    playout.take({header, codec, payload}, now + 320);
    for (int tick = 0; tick < ticks; ++tick) {
      media::Frame frame;
      playout.next(frame);
      now += static_cast<media::Playout::Position>(frame.size());
      CHECK(playout.position() == now);
    }
  }
  return 0;
}
