// Where a recording may be written. Pure; looks at names only.
//
// Paths are made of texts that the caller chooses (a name, a number): what leads elsewhere than
// the operator has written is refused.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/result.h"

namespace call {

// Longer ones are no paths of people.
inline constexpr std::size_t kRecordingPathLengthMax = 1024;

// The absolute path; a relative one lies in the global `recordings_dir`. Returns: why not, when it
// is empty, names no file, holds a control character, or `..` is one of its parts.
base::Result<std::string> recording_path(std::string_view path,
                                         const std::map<std::string, std::string>& globals);

// A text that the caller chose, as part of a file's name: without separators of folders, control
// characters and dots in front.
std::string as_part_of_name(std::string_view text);

}  // namespace call
