// Reads a configuration directory's XML into one tree: files are parsed one by one, so that a
// mistake in one does not hide those in the others, X-PRE-PROCESS commands are obeyed in the order
// in which they stand, and $${…} is replaced.
//
//   <X-PRE-PROCESS cmd="set" data="name=value"/>      also written <!--#set "name=value"-->
//   <X-PRE-PROCESS cmd="include" data="sub/*.xml"/>   relative to the file; in order of the names
//
// An included file may hold several elements side by side, or wrap them in <include>.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>

#include "config/element.h"
#include "config/globals.h"
#include "config/problem.h"

namespace config {

// Bounds on what an operator's files may ask of us; real trees stay far below each.
struct TreeLimits {
  static constexpr std::uintmax_t kFileBytesMax = 16ULL * 1024 * 1024;
  static constexpr std::size_t kFilesMax = 10'000;
  static constexpr int kIncludeDepthMax = 16;
  static constexpr int kElementDepthMax = 64;
  static constexpr std::size_t kElementsMax = 2'000'000;
};

// Returns: an element without a name that holds the file's root element; it is empty when the file
// cannot be read. `globals` grows by what the files set.
Element read_tree(const std::filesystem::path& file, Globals& globals, Problems& problems);

}  // namespace config
