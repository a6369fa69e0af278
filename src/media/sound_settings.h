// What of the configuration sounds are found by. Values only.
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "call/local_stream.h"

namespace media {

struct SoundSettings {
  // Where sounds with a relative name lie.
  std::filesystem::path sound_prefix = {};
  std::vector<call::LocalStream> streams = {};
};

// The entry of this name, and the one that local_stream://NAME means (spec/11 §2): NAME/8000, else
// NAME, else default. nullptr: there is none. Lifetime: as the settings.
const call::LocalStream* find_entry(const SoundSettings& settings, std::string_view name);
const call::LocalStream* find_stream(const SoundSettings& settings, std::string_view name);

}  // namespace media
