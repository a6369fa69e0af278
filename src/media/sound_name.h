// What the text of a sound source means (spec/11 §2): `tone_stream://script`,
// `silence_stream://ms`, `local_stream://name`, `file_string://a!b!c`, or the name of a file. Pure;
// opens nothing. What calls make of other sounds (phrase, say) is not known here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "media/tone_script.h"

namespace media {

struct SilenceSound {
  std::optional<std::int64_t> samples;  // nullopt: without end.
};
struct ToneSound {
  ToneScript script;
};
struct FileSound {
  std::string name;
};
// Sounds one behind the other, each a text as a whole sound is, but no sequence.
struct SequenceSound {
  std::vector<std::string> parts;  // Never empty.
};
// The music of a folder: by what calls name, or by the very entry of the configuration
// (sound_settings.h).
enum class Naming { Stream, Entry };
struct LocalStreamSound {
  std::string name;
  Naming naming = Naming::Stream;
};
using Sound = std::variant<SilenceSound, ToneSound, FileSound, SequenceSound, LocalStreamSound>;

// Returns: the reason why it cannot be played, which names the source.
base::Result<Sound> parse_sound(std::string_view text);

// Whether the sound never ends by itself.
bool is_endless(const Sound& sound);

}  // namespace media
