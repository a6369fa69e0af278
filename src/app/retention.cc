#include "app/retention.h"

#include <algorithm>
#include <system_error>

namespace app {
namespace {

namespace fs = std::filesystem;

struct File {
  fs::path path;
  fs::file_time_type changed;
  std::uint64_t bytes = 0;
};

// All regular files below the folder, the newest first.
std::vector<File> files_in(const fs::path& folder) {
  std::vector<File> files;
  std::error_code error;
  fs::recursive_directory_iterator at(folder, fs::directory_options::skip_permission_denied, error);
  const fs::recursive_directory_iterator end;
  while (!error && at != end) {
    std::error_code gone;  // Somebody else may have removed it meanwhile.
    if (at->symlink_status(gone).type() == fs::file_type::regular) {
      File file{.path = at->path(), .changed = at->last_write_time(gone), .bytes = 0};
      if (!gone) file.bytes = at->file_size(gone);
      if (!gone) files.push_back(std::move(file));
    }
    at.increment(error);
  }
  std::sort(files.begin(), files.end(), [](const File& one, const File& other) {
    return one.changed != other.changed ? one.changed > other.changed : one.path < other.path;
  });
  return files;
}

// Removes the folders above a file that are empty now, up to but not with `folder`.
void remove_empty_folders(fs::path path, const fs::path& folder) {
  std::error_code error;
  while (path != folder && path.has_relative_path() && fs::remove(path, error)) {
    path = path.parent_path();
  }
}

}  // namespace

Swept sweep(const fs::path& named, const KeepBounds& keep, fs::file_time_type now) {
  // "folder/" and "folder" are one; its own end must be known when empty ones go.
  const fs::path folder = named.has_filename() ? named : named.parent_path();
  Swept swept;
  std::uint64_t kept = 0;
  for (const File& file : files_in(folder)) {
    const auto age = now - file.changed;
    const bool too_old = keep.age.count() > 0 && age > keep.age;
    const bool too_much = keep.bytes > 0 && kept + file.bytes > keep.bytes;
    if (age <= kInUse || (!too_old && !too_much)) {
      kept += file.bytes;
      continue;
    }
    std::error_code error;
    if (!fs::remove(file.path, error)) {
      if (error) swept.problems.push_back(file.path.string() + ": " + error.message());
      continue;
    }
    ++swept.files;
    swept.bytes += file.bytes;
    remove_empty_folders(file.path.parent_path(), folder);
  }
  return swept;
}

}  // namespace app
