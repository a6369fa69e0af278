// Reads sound files with libsndfile (wav, flac, ogg, mp3 …) into clips. Blocks on the disk: never
// called from the worker's thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>

#include "base/result.h"
#include "media/clip.h"
#include "media/frame.h"

namespace media {

// One hour at 8 kHz, 57 MB: music is shorter, and a wrong or hostile file costs no more.
inline constexpr std::size_t kClipSamplesMax = std::size_t{60} * 60 * kSampleRate;

// Mixes all channels into one and converts the rate. Returns: the reason why not.
base::Result<Clip> read_sound_file(const std::filesystem::path& path,
                                   std::size_t samples_max = kClipSamplesMax);

}  // namespace media
