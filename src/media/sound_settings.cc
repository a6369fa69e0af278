#include "media/sound_settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "media/frame.h"

namespace media {

const call::LocalStream* find_entry(const SoundSettings& settings, std::string_view name) {
  const auto found =
      std::find_if(settings.streams.begin(), settings.streams.end(),
                   [&](const call::LocalStream& stream) { return stream.name == name; });
  return found == settings.streams.end() ? nullptr : &*found;
}

const call::LocalStream* find_stream(const SoundSettings& settings, std::string_view name) {
  const std::string of_our_rate = fmt::format("{}/{}", name, kSampleRate);
  for (const std::string_view wanted :
       {std::string_view(of_our_rate), name, std::string_view("default")}) {
    if (const call::LocalStream* entry = find_entry(settings, wanted)) return entry;
  }
  return nullptr;
}

}  // namespace media
