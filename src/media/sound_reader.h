// Decodes one sound file with libsndfile (wav, flac, ogg, mp3 …), piece by piece: all channels
// mixed into one, at our rate. Blocks on the disk: never used on the worker's thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

#include "base/result.h"
#include "media/resampler.h"

namespace media {

class SoundReader {
 public:
  // Returns: the reason why it cannot be read, without the path.
  static base::Result<std::unique_ptr<SoundReader>> open(const std::filesystem::path& path);
  ~SoundReader();
  SoundReader(const SoundReader&) = delete;
  SoundReader& operator=(const SoundReader&) = delete;

  // Appends some more. Returns: false when that was the end.
  bool read_some(std::vector<std::int16_t>& out);
  // Begins again. Returns: false when the file does not let itself be wound back.
  bool rewind();

  bool has_read_any() const { return frames_read_ > 0; }
  // How long the file says to be, in samples of ours; it may be wrong.
  std::uint64_t samples_promised() const;
  // Whether the end came a second or more before the promised one.
  bool is_cut() const;

 private:
  struct Decoder;
  explicit SoundReader(std::unique_ptr<Decoder> decoder);
  void mix_down(std::size_t frames);

  std::unique_ptr<Decoder> decoder_;
  Resampler resampler_;
  std::uint64_t frames_read_ = 0;
  std::vector<float> chunk_;  // As the file has it.
  std::vector<float> mono_;
};

}  // namespace media
