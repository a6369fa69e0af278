// Where the file of a sound may lie (spec/11 §2).
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"

namespace media {

// The paths to try for a sound, best first: the name itself, absolute or under `prefix`, then in a
// folder named after a sample rate beside it (`ivr/x.wav`, `ivr/8000/x.wav`), as sound packs have
// it, then the same below the folder `en` of `prefix`, where our own prompts lie. A relative name
// that leads out of `prefix` is refused.
base::Result<std::vector<std::filesystem::path>> sound_paths(const std::filesystem::path& prefix,
                                                             const std::string& name);

// The first of them where there is a file. Returns: where one was looked for, and what stood there
// instead. Asks the disk.
base::Result<std::filesystem::path> find_sound(const std::filesystem::path& prefix,
                                               const std::string& name);

}  // namespace media
