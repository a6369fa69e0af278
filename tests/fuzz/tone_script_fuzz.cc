// tone_stream:// texts: a script that is taken has tones, and each has a length that ends.
#include "base/check.h"
#include "media/tone_script.h"
#include "tests/fuzz/fuzz_input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto script = media::parse_tone_script(fuzz::text_of(data, size));
  if (!script) {
    CHECK(!script.error().empty());
    return 0;
  }
  CHECK(!script->tones.empty());
  for (const auto& tone : script->tones) {
    CHECK(tone.on_samples >= 0 && tone.off_samples >= 0 && tone.times >= 0);
  }
  return 0;
}
