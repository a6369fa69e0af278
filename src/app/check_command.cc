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

namespace app {
namespace {

// Whether a sound would be found by the server as it is started from here.
std::string why_silent(const core::Configuration& configuration, const std::string& source) {
  const auto sound = media::parse_sound(source);
  if (!sound) return sound.error();
  const auto* file = std::get_if<media::FileSound>(&*sound);
  if (file == nullptr) return {};
  const auto paths = media::sound_paths(sound_folder(configuration), file->name);
  if (!paths) return paths.error();
  const bool is_there = std::any_of(paths->begin(), paths->end(), [](const auto& path) {
    std::error_code ignored;
    return std::filesystem::is_regular_file(path, ignored);
  });
  return is_there ? std::string() : paths->front().string() + ": no such file";
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
