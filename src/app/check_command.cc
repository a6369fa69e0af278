#include "app/check_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <variant>

#include "api/known.h"
#include "app/load_configuration.h"
#include "config/review.h"
#include "media/sound_name.h"
#include "media/sound_path.h"
#include "media/sound_settings.h"

namespace app {
namespace {

std::string why_stream_silent(const core::Configuration& configuration, const std::string& name) {
  const media::SoundSettings settings{.streams = configuration.local_streams};
  const call::LocalStream* entry = media::find_stream(settings, name);
  if (entry == nullptr) {
    return "local_stream://" + name + ": local_stream.conf has no such stream and no default";
  }
  std::error_code error;
  const std::filesystem::directory_iterator folder(entry->path, error);
  if (error) return "local stream " + entry->name + ": " + entry->path + ": " + error.message();
  return {};
}

// Whether a sound would be found by the server as it is started from here.
std::string why_silent(const core::Configuration& configuration, const std::string& source) {
  const auto sound = media::parse_sound(source);
  if (!sound) return sound.error();
  if (const auto* sequence = std::get_if<media::SequenceSound>(&*sound)) {
    for (const std::string& part : sequence->parts) {
      if (std::string why = why_silent(configuration, part); !why.empty()) return why;
    }
    return {};
  }
  if (const auto* stream = std::get_if<media::LocalStreamSound>(&*sound)) {
    return why_stream_silent(configuration, stream->name);
  }
  const auto* file = std::get_if<media::FileSound>(&*sound);
  if (file == nullptr) return {};
  const auto path = media::find_sound(sound_folder(configuration), file->name);
  return path ? std::string() : path.error();
}

std::ptrdiff_t count(const config::Review& review, config::Severity severity) {
  return std::count_if(review.findings.begin(), review.findings.end(),
                       [&](const auto& finding) { return finding.severity == severity; });
}

}  // namespace

ExitCode check(const CheckOptions& options) {
  const auto review = config::review(options.conf, options.globals,
                                     {.why_silent = why_silent, .knows_command = api::knows});
  fmt::print("{}", config::describe(review.findings));
  const auto errors = count(review, config::Severity::Error);
  fmt::print("{}: {} errors, {} warnings, {} notes; {}\n", options.conf.string(), errors,
             count(review, config::Severity::Warning), count(review, config::Severity::Note),
             review.starts ? "the server starts with it" : "the server refuses it");
  return errors == 0 ? ExitCode::Ok : ExitCode::ConfigurationRefused;
}

}  // namespace app
