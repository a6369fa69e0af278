// Reads short sound files into clips. Blocks on the disk: never called from the worker's thread.
#pragma once

#include <cstdint>
#include <filesystem>

#include "base/result.h"
#include "media/clip.h"
#include "media/frame.h"
#include "media/sound_reader.h"

namespace media {

// A minute and a half at 8 kHz, 1.4 MB. What is longer is decoded while it plays (file_source.h).
inline constexpr std::size_t kClipSamplesMax = std::size_t{90} * kSampleRate;

// Returns: the reason why not.
base::Result<Clip> read_sound_file(const std::filesystem::path& path,
                                   std::size_t samples_max = kClipSamplesMax);
// From where the reader stands.
base::Result<Clip> read_sound_file(SoundReader& reader, std::size_t samples_max);

}  // namespace media
