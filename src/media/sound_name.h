// What the text of a sound source means (spec/11 §2): `tone_stream://script`,
// `silence_stream://ms`, or the name of a file. Pure; opens nothing. Sources that other parts of
// the product bring (local_stream, file_string, phrase, say) are not known here yet and are said to
// be so.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

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
using Sound = std::variant<SilenceSound, ToneSound, FileSound>;

// Returns: the reason why it cannot be played, which names the source.
base::Result<Sound> parse_sound(std::string_view text);

// Whether the sound never ends by itself.
bool is_endless(const Sound& sound);

}  // namespace media
