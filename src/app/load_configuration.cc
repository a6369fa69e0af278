#include "app/load_configuration.h"

#include <algorithm>

#include "base/log.h"
#include "config/load.h"

namespace app {
namespace {

// The folders that the server writes lie in the data directory (design.md §8).
std::map<std::string, std::string> with_data_folders(const std::filesystem::path& data,
                                                     std::map<std::string, std::string> globals) {
  const auto folder = [&](const char* name) { return std::filesystem::absolute(data / name); };
  globals.emplace("recordings_dir", folder("recordings").string());
  globals.emplace("db_dir", folder("db").string());
  globals.emplace("log_dir", folder("log").string());
  globals.emplace("storage_dir", folder("storage").string());
  globals.emplace("voicemail_dir", folder("voicemail").string());
  return globals;
}

bool is_error(const config::Problem& problem) {
  return problem.severity == config::Severity::Error;
}

}  // namespace

base::Result<core::Configuration> load_configuration(
    const std::filesystem::path& conf, const std::filesystem::path& data,
    const std::map<std::string, std::string>& globals) {
  auto loaded = config::load(conf, with_data_folders(data, globals));
  if (!loaded.ok()) {
    // Errors first: they are what must be mended.
    std::stable_partition(loaded.problems.begin(), loaded.problems.end(), is_error);
    return base::failure(config::describe(loaded.problems));
  }
  for (const auto& problem : loaded.problems) {
    base::log_line(
        problem.severity == config::Severity::Note ? base::LogLevel::Info : base::LogLevel::Warning,
        base::LogSubject{base::LogArea::Configuration}, config::describe(problem));
  }
  return std::move(loaded.configuration);
}

std::string sound_folder(const core::Configuration& configuration) {
  const auto prefix = configuration.globals.find("sound_prefix");
  const bool is_set = prefix != configuration.globals.end() && !prefix->second.empty();
  return is_set ? prefix->second : configuration.globals.at("sounds_dir");
}

}  // namespace app
