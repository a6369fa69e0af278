// Texts of sounds: what is taken has parts that are read again without an end, and no file that
// leads out of its folder.
#include "base/check.h"
#include "media/sound_name.h"
#include "media/sound_path.h"
#include "tests/fuzz/fuzz_input.h"

namespace {

void look_at(const media::Sound& sound) {
  if (const auto* file = std::get_if<media::FileSound>(&sound)) {
    const auto paths = media::sound_paths("/sounds", file->name);
    if (!paths || file->name.starts_with('/')) return;
    for (const auto& path : *paths) {
      CHECK(path.lexically_normal().string().starts_with("/sounds/"));
    }
  } else if (const auto* sequence = std::get_if<media::SequenceSound>(&sound)) {
    CHECK(!sequence->parts.empty());
    for (const std::string& part : sequence->parts) {
      const auto one = media::parse_sound(part);
      if (!one) continue;
      CHECK(!std::holds_alternative<media::SequenceSound>(*one));
      look_at(*one);
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto sound = media::parse_sound(fuzz::text_of(data, size));
  if (!sound) {
    CHECK(!sound.error().empty());
    return 0;
  }
  look_at(*sound);
  return 0;
}
