#include "media/tone_script.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <string>
#include <utility>

#include "base/text.h"
#include "media/frame.h"

namespace media {
namespace {

// A script comes from configuration or a dialplan: enough for any real one, and a bound for all.
constexpr std::size_t kTonesMax = 64;
constexpr std::size_t kFrequenciesMax = 16;
constexpr std::int64_t kPartMsMax = 24 * 60 * 60 * 1000;
constexpr std::int64_t kCountMax = 1'000'000;
constexpr double kFrequencyMax = kSampleRate / 2.0;
// Loud enough for a detector, quiet enough for an ear: what telephone networks use for tones.
constexpr double kDefaultLevel = -7;
constexpr double kLevelMax = 0;
constexpr double kLevelMin = -63;
// A key as it is pressed by hand; detectors want 40 ms of each (ITU-T Q.24).
constexpr double kKeyOnMs = 250;
constexpr double kKeyOffMs = 50;

// Options that hold for the tones that follow.
struct Settings {
  double level = kDefaultLevel;
  std::int64_t times = 1;
  std::int64_t script_times = 1;
  double key_on_ms = kKeyOnMs;
  double key_off_ms = kKeyOffMs;
};

std::optional<double> parse_number(std::string_view text) {
  const std::string copy(base::trim(text));
  char* end = nullptr;
  const double value = std::strtod(copy.c_str(), &end);
  if (copy.empty() || end != copy.c_str() + copy.size() || !std::isfinite(value)) {
    return std::nullopt;
  }
  return value;
}

std::optional<double> parse_number(std::string_view text, double least, double most) {
  const auto value = parse_number(text);
  return value && *value >= least && *value <= most ? value : std::nullopt;
}

// How often: a count of at least 1, or kForEver for any negative number.
std::optional<std::int64_t> parse_count(std::string_view text) {
  const auto count = base::parse_integer(base::trim(text));
  if (!count || *count == 0) return std::nullopt;
  return *count < 0 ? ToneScript::kForEver : std::min(*count, kCountMax);
}

base::Result<Tone> parse_tone(std::string_view item, const Settings& settings) {
  if (!item.starts_with("%(") || !item.ends_with(")")) {
    return base::failure(fmt::format("'{}' is neither a tone nor an option", item));
  }
  const auto parts = base::split(item.substr(2, item.size() - 3), ',');
  if (parts.size() < 3 || parts.size() > 2 + kFrequenciesMax) {
    return base::failure(fmt::format("'{}' is not %(on,off,frequency,…)", item));
  }

  const auto on = parse_number(parts[0], 0, kPartMsMax);
  const auto off = parse_number(parts[1], 0, kPartMsMax);
  if (!on || !off) return base::failure(fmt::format("'{}' has a wrong length", item));
  Tone tone{.on_samples = static_cast<std::int64_t>(*on * kSamplesPerMs),
            .off_samples = static_cast<std::int64_t>(*off * kSamplesPerMs),
            .frequencies = {},
            .level_dbm0 = settings.level,
            .times = settings.times};
  for (std::size_t index = 2; index < parts.size(); ++index) {
    const auto frequency = parse_number(parts[index], 0, kFrequencyMax);
    if (!frequency) return base::failure(fmt::format("'{}' has a wrong frequency", item));
    tone.frequencies.push_back(*frequency);
  }
  return tone;
}

// Rows and columns of keys, and their frequencies (ITU-T Q.23).
constexpr std::string_view kKeys = "123A456B789C*0#D";
constexpr std::array<double, 4> kRowHz = {697, 770, 852, 941};
constexpr std::array<double, 4> kColumnHz = {1209, 1336, 1477, 1633};

Tone tone_of_key(std::size_t key, double on_ms, double off_ms, const Settings& settings) {
  return {.on_samples = static_cast<std::int64_t>(on_ms * kSamplesPerMs),
          .off_samples = static_cast<std::int64_t>(off_ms * kSamplesPerMs),
          .frequencies = {kRowHz[key / 4], kColumnHz[key % 4]},
          .level_dbm0 = settings.level,
          .times = settings.times};
}

// Keys one behind the other: 12#(60,0)
base::Result<void> parse_keys(std::string_view item, const Settings& settings,
                              std::vector<Tone>& tones) {
  std::string_view rest = item;
  while (!rest.empty()) {
    const std::size_t key = kKeys.find(rest.front());
    if (key == kKeys.npos) {
      return base::failure(fmt::format("'{}' is neither a tone nor an option", item));
    }
    rest.remove_prefix(1);
    double on_ms = settings.key_on_ms;
    double off_ms = settings.key_off_ms;
    if (rest.starts_with('(')) {
      const std::size_t end = rest.find(')');
      const auto lengths = base::split(rest.substr(1, end == rest.npos ? end : end - 1), ',');
      const auto on = parse_number(lengths.front(), 0, kPartMsMax);
      const auto off =
          lengths.size() == 2 ? parse_number(lengths.back(), 0, kPartMsMax) : std::nullopt;
      if (end == rest.npos || !on || !off) {
        return base::failure(fmt::format("'{}' has a wrong length", item));
      }
      on_ms = *on;
      off_ms = *off;
      rest.remove_prefix(end + 1);
    }
    tones.push_back(tone_of_key(key, on_ms, off_ms, settings));
    if (tones.size() > kTonesMax) break;
  }
  return {};
}

// Returns: the reason why it is no option.
base::Result<void> apply_option(std::string_view item, Settings& settings) {
  const std::string_view key = item.substr(0, 2);
  const std::string_view value = item.substr(std::min<std::size_t>(2, item.size()));
  const auto wrong = [&] { return base::failure(fmt::format("'{}' has a wrong value", item)); };
  if (key == "v=") {
    const auto level = parse_number(value);
    if (!level) return wrong();
    if (*level >= kLevelMin && *level <= kLevelMax) settings.level = *level;
  } else if (key == "d=" || key == "w=") {
    const auto length = parse_number(value, 0, kPartMsMax);
    if (!length) return wrong();
    (key == "d=" ? settings.key_on_ms : settings.key_off_ms) = *length;
  } else if (key == "l=" || key == "L=") {
    const auto count = parse_count(value);
    if (!count || (key == "l=" && *count < 0)) return wrong();
    (key == "l=" ? settings.times : settings.script_times) = *count;
  } else if (key == ">=" || key == "<=" || key == "+=" || key == "r=" || key == "c=") {
    if (!parse_number(value)) return wrong();
  } else {
    return base::failure(fmt::format("'{}' is neither a tone nor an option", item));
  }
  return {};
}

base::Result<void> read_item(std::string_view item, Settings& settings, std::vector<Tone>& tones) {
  if (kKeys.find(item.front()) != kKeys.npos) return parse_keys(item, settings, tones);
  if (!item.starts_with('%')) return apply_option(item, settings);
  auto tone = parse_tone(item, settings);
  if (!tone) return base::failure(tone.error());
  tones.push_back(std::move(*tone));
  return {};
}

// Takes `;loops=n` off the end. Returns: n, 1 when there is none.
base::Result<std::int64_t> take_loops(std::string_view& text) {
  constexpr std::string_view kSuffix = "loops=";
  const std::size_t at = text.rfind(';');
  const std::string_view last = base::trim(text.substr(at == text.npos ? 0 : at + 1));
  if (at == text.npos || !last.starts_with(kSuffix)) return 1;
  const auto count = parse_count(last.substr(kSuffix.size()));
  if (!count) return base::failure(fmt::format("'{}' has a wrong value", last));
  text = text.substr(0, at);
  return *count;
}

std::int64_t times(std::int64_t a, std::int64_t b) {
  return a < 0 || b < 0 ? ToneScript::kForEver : a * b;
}

}  // namespace

base::Result<ToneScript> parse_tone_script(std::string_view text) {
  const auto loops = take_loops(text);
  if (!loops) return base::failure(loops.error());

  ToneScript script;
  Settings settings;
  for (const std::string& part : base::split(text, ';')) {
    const std::string_view item = base::trim(part);
    if (item.empty()) continue;
    if (auto read = read_item(item, settings, script.tones); !read) {
      return base::failure(read.error());
    }
    if (script.tones.size() > kTonesMax) {
      return base::failure(fmt::format("more than {} tones", kTonesMax));
    }
  }

  std::int64_t samples = 0;
  for (const Tone& tone : script.tones) samples += tone.on_samples + tone.off_samples;
  if (samples == 0) return base::failure(std::string("no tone of any length"));
  script.rounds = times(settings.script_times, *loops);
  return script;
}

}  // namespace media
