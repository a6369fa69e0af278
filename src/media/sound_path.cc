#include "media/sound_path.h"

#include <fmt/format.h>

#include <system_error>

namespace media {
namespace {

// Our own prompts, when the prefix has nothing of that name (tools/prompts/make).
constexpr const char* kPrompts = "en";

void add_with_rates(const std::filesystem::path& file, std::vector<std::filesystem::path>& paths) {
  paths.push_back(file);
  // The rate that needs no conversion first.
  for (const char* rate : {"8000", "16000", "32000", "48000"}) {
    paths.push_back(file.parent_path() / rate / file.filename());
  }
}

}  // namespace

base::Result<std::vector<std::filesystem::path>> sound_paths(const std::filesystem::path& prefix,
                                                             const std::string& name) {
  std::filesystem::path file = std::filesystem::path(name).lexically_normal();
  if (!file.has_filename() || file == ".")
    return base::failure(fmt::format("{}: not a file name", name));
  const bool is_relative = file.is_relative();
  if (is_relative) {
    if (prefix.empty()) {
      return base::failure(fmt::format("{}: relative, and no sound_prefix is set", name));
    }
    if (*file.begin() == "..") {
      return base::failure(fmt::format("{}: leads out of the sound_prefix", name));
    }
    file = prefix / file;
  }

  std::vector<std::filesystem::path> paths;
  add_with_rates(file, paths);
  if (is_relative) add_with_rates((prefix / kPrompts / name).lexically_normal(), paths);
  return paths;
}

base::Result<std::filesystem::path> find_sound(const std::filesystem::path& prefix,
                                               const std::string& name) {
  const auto paths = sound_paths(prefix, name);
  if (!paths) return base::failure(paths.error());
  for (const std::filesystem::path& path : *paths) {
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    if (std::filesystem::is_regular_file(status)) return path;
    if (std::filesystem::is_directory(status)) continue;
    // A pipe, a device; or a folder on the way into which we may not look.
    if (std::filesystem::exists(status)) {
      return base::failure(fmt::format("{}: not a file", path.string()));
    }
    if (error && status.type() == std::filesystem::file_type::none) {
      return base::failure(fmt::format("{}: {}", path.string(), error.message()));
    }
  }
  return base::failure(fmt::format(
      "{}: no such file, nor in folders 8000, 16000, 32000 or 48000 beside it{}",
      paths->front().string(),
      std::filesystem::path(name).is_relative() ? ", nor below " + (prefix / kPrompts).string()
                                                : ""));
}

}  // namespace media
