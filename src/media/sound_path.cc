#include "media/sound_path.h"

#include <fmt/format.h>

namespace media {

base::Result<std::vector<std::filesystem::path>> sound_paths(const std::filesystem::path& prefix,
                                                             const std::string& name) {
  std::filesystem::path file = std::filesystem::path(name).lexically_normal();
  if (!file.has_filename() || file == ".")
    return base::failure(fmt::format("{}: not a file name", name));
  if (file.is_relative()) {
    if (prefix.empty()) {
      return base::failure(fmt::format("{}: relative, and no sound_prefix is set", name));
    }
    if (*file.begin() == "..") {
      return base::failure(fmt::format("{}: leads out of the sound_prefix", name));
    }
    file = prefix / file;
  }

  // The rate that needs no conversion first.
  std::vector<std::filesystem::path> paths{file};
  for (const char* rate : {"8000", "16000", "32000", "48000"}) {
    paths.push_back(file.parent_path() / rate / file.filename());
  }
  return paths;
}

}  // namespace media
