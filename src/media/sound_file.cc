#include "media/sound_file.h"

#include <fmt/format.h>

#include "media/sound_reader.h"

namespace media {

base::Result<Clip> read_sound_file(SoundReader& reader, std::size_t samples_max) {
  Clip clip;
  while (reader.read_some(clip.samples)) {
    if (clip.samples.size() > samples_max) break;
  }
  if (clip.samples.size() > samples_max) {
    return base::failure(fmt::format("longer than {} s", samples_max / kSampleRate));
  }
  if (clip.samples.empty()) return base::failure(std::string("no sound in it"));
  clip.samples.shrink_to_fit();
  return clip;
}

base::Result<Clip> read_sound_file(const std::filesystem::path& path, std::size_t samples_max) {
  auto reader = SoundReader::open(path);
  if (!reader) return base::failure(reader.error());
  return read_sound_file(**reader, samples_max);
}

}  // namespace media
