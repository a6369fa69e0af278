// One sound being played, to one leg or to many: frame by frame, each encoded once per codec.
//
// Everyone who listens to a stream hears the same moment of it, whatever their codec. Worker's
// thread only.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "media/audio_codec.h"
#include "media/counters.h"
#include "media/frame.h"
#include "media/sample_source.h"

namespace media {

class SoundStream {
 public:
  // Loading: its file is being decoded; nothing is heard yet. Ended and Failed are final.
  enum class State { Loading, Playing, Ended, Failed };

  explicit SoundStream(MediaCounters& counters) : counters_(counters) {}
  SoundStream(const SoundStream&) = delete;
  SoundStream& operator=(const SoundStream&) = delete;

  // Out of Loading. Requires: the stream is Loading.
  void begin(std::unique_ptr<SampleSource> source);
  void fail(std::string why);
  // Goes on with another source, for all who listen. Requires: the stream is Playing.
  void change(std::unique_ptr<SampleSource> source);

  // Goes on to the frame of this tick; the second listener of a tick changes nothing. The state is
  // Ended from the tick on that follows the last sample, so an end is told when it was heard.
  State advance(Tick tick);
  State state() const { return state_; }
  const std::string& why() const { return why_; }

  // The payload of the present frame. Lifetime: until the next advance().
  // Requires: the last advance() said Playing.
  std::span<const std::uint8_t> payload(AudioCodec codec);
  // The same as samples.
  const Frame& frame() const { return frame_; }

 private:
  struct Encoding {
    std::unique_ptr<FrameEncoder> encoder;
    std::array<std::uint8_t, kPayloadBytesMax> bytes{};
    std::size_t size = 0;
    bool current = false;
  };

  MediaCounters& counters_;
  State state_ = State::Loading;
  std::string why_;
  std::unique_ptr<SampleSource> source_;
  std::optional<Tick> tick_;
  bool last_frame_ = false;
  Frame frame_{};
  std::array<Encoding, kAudioCodecs> encodings_;
};

}  // namespace media
