#include "store/journal_reading.h"

#include <stdlib.h>

#include <filesystem>
#include <functional>
#include <system_error>

#include "store/database.h"
#include "store/journal_files.h"

namespace store {
namespace {

namespace fs = std::filesystem;

// For its owner only, and gone afterwards: a journal names callers.
class PrivateFolder {
 public:
  PrivateFolder() {
    std::string pattern = (fs::temp_directory_path() / "ringmaster_XXXXXX").string();
    if (mkdtemp(pattern.data()) != nullptr) path_ = pattern;
  }
  PrivateFolder(const PrivateFolder&) = delete;
  PrivateFolder& operator=(const PrivateFolder&) = delete;
  ~PrivateFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  // Empty: it could not be made.
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

// `make` writes the copy.
base::Result<Recovered> read_copy(
    const std::function<base::Result<void>(const std::string&)>& make) {
  const PrivateFolder folder;
  if (folder.path().empty()) return base::failure(std::string("no temporary folder can be made"));
  const std::string copy = (folder.path() / "journal.db").string();
  if (const auto made = make(copy); !made) return base::failure(made.error());
  auto files = open_journal_files(copy);
  if (!files) return base::failure(files.error());
  return std::move(files->recovered);
}

}  // namespace

base::Result<Recovered> read_journal(const std::string& path) {
  return read_copy([&path](const std::string& copy) -> base::Result<void> {
    const auto copied = Database::copy(path, copy);
    if (!copied) return base::failure(path + ": " + copied.error().text);
    return {};
  });
}

base::Result<Recovered> read_resting_journal(const std::string& path) {
  return read_copy([&path](const std::string& copy) -> base::Result<void> {
    for (const char* suffix : {"", "-wal"}) {
      std::error_code error;
      if (!fs::exists(path + suffix, error)) continue;
      fs::copy_file(path + suffix, copy + suffix, error);
      if (error) return base::failure(path + suffix + ": " + error.message());
    }
    return {};
  });
}

}  // namespace store
