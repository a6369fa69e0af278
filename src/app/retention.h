// Which files of a folder have had their time: too old, or the oldest of too many bytes.
//
// It looks at regular files only, in folders below as well; it follows no link, so it never leaves
// the folder. A file that was changed within the last hour stays whatever the bounds say: somebody
// may be writing to it. No thread of its own; see RetentionThread.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "app/bounds.h"

namespace app {

inline constexpr std::chrono::hours kInUse{1};

struct Swept {
  std::size_t files = 0;
  std::uint64_t bytes = 0;
  std::vector<std::string> problems;  // Files that could not be removed, and why.
};

// Removes what is beyond `keep` as of `now`, and folders that are empty thereby. A folder that is
// not there has nothing to remove.
Swept sweep(const std::filesystem::path& folder, const KeepBounds& keep,
            std::filesystem::file_time_type now);

}  // namespace app
