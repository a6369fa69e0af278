#include "media/sound_name.h"

#include <fmt/format.h>

#include "base/text.h"
#include "media/frame.h"

namespace media {
namespace {

// The text of a source is a configuration value; longer ones are a mistake, not a sound.
constexpr std::size_t kTextMax = 4096;
// A sentence of single words is longer than any other sound.
constexpr std::size_t kSequenceTextMax = 65'536;
constexpr std::size_t kPartsMax = 1000;
constexpr std::string_view kSequence = "file_string://";
constexpr std::int64_t kSilenceMsMax = 24 * 60 * 60 * 1000;

base::Result<Sound> parse_silence(std::string_view rest) {
  // What follows a comma is the level of a comfort noise, which we do not make.
  const auto ms = base::parse_integer(base::trim(rest.substr(0, rest.find(','))));
  if (!ms || *ms > kSilenceMsMax) return base::failure(std::string("not a time in milliseconds"));
  if (*ms < 0) return SilenceSound{std::nullopt};
  return SilenceSound{*ms * kSamplesPerMs};
}

base::Result<Sound> parse_tones(std::string_view rest) {
  auto script = parse_tone_script(rest);
  if (!script) return base::failure(script.error());
  return ToneSound{std::move(*script)};
}

bool is_sequence(std::string_view text) {
  return base::equal_ignoring_case(text.substr(0, kSequence.size()), kSequence);
}

base::Result<Sound> parse_sequence(std::string_view rest) {
  SequenceSound sequence;
  for (const std::string& part : base::split(rest, '!')) {
    std::string_view text = base::trim(part);
    // A sequence in a sequence is its parts.
    while (is_sequence(text)) text.remove_prefix(kSequence.size());
    if (!text.empty()) sequence.parts.emplace_back(text);
  }
  if (sequence.parts.empty()) return base::failure(std::string("no sound is named"));
  if (sequence.parts.size() > kPartsMax) {
    return base::failure(fmt::format("more than {} sounds", kPartsMax));
  }
  return sequence;
}

base::Result<Sound> parse_stream(std::string_view name) {
  if (name.empty()) return base::failure(std::string("no stream is named"));
  return LocalStreamSound{std::string(name)};
}

base::Result<Sound> parse_known(std::string_view text) {
  constexpr std::string_view kSeparator = "://";
  if (text.empty()) return base::failure(std::string("no sound is named"));
  if (text.size() > (is_sequence(text) ? kSequenceTextMax : kTextMax))
    return base::failure(std::string("too long"));
  const std::size_t at = text.find(kSeparator);
  if (at == text.npos) {
    if (text.find('\0') != text.npos) return base::failure(std::string("not a file name"));
    return FileSound{std::string(text)};
  }
  const std::string_view scheme = text.substr(0, at);
  const std::string_view rest = text.substr(at + kSeparator.size());
  if (base::equal_ignoring_case(scheme, "tone_stream")) return parse_tones(rest);
  if (base::equal_ignoring_case(scheme, "silence_stream")) return parse_silence(rest);
  if (base::equal_ignoring_case(scheme, "local_stream")) return parse_stream(base::trim(rest));
  if (base::equal_ignoring_case(scheme, "file_string")) return parse_sequence(rest);
  return base::failure(fmt::format("sources of kind '{}' are not known", scheme));
}

}  // namespace

base::Result<Sound> parse_sound(std::string_view text) {
  auto sound = parse_known(text);
  if (!sound) {
    constexpr std::size_t kShown = 200;
    return base::failure(fmt::format("{}: {}", text.substr(0, kShown), sound.error()));
  }
  return sound;
}

bool is_endless(const Sound& sound) {
  if (const auto* tone = std::get_if<ToneSound>(&sound)) {
    return tone->script.rounds == ToneScript::kForEver;
  }
  if (std::holds_alternative<LocalStreamSound>(sound)) return true;
  const auto* silence = std::get_if<SilenceSound>(&sound);
  return silence != nullptr && !silence->samples;
}

}  // namespace media
