#include "store/journal_files.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include "base/text.h"

namespace store {
namespace {

namespace fs = std::filesystem;

constexpr const char* kQuarantine = "quarantine";
// Key of the entry that counts starts; callers' keys have no such prefix.
constexpr const char* kStarts = "journal.starts";
// What SQLite keeps beside a database; a log left behind would be replayed into a new file.
constexpr const char* kSuffixes[] = {"", "-wal", "-shm"};

std::string system_text(int error) {
  return std::error_code(error, std::generic_category()).message();
}

base::Result<void> make_directory(const fs::path& directory) {
  std::error_code error;
  if (directory.empty() || fs::is_directory(directory, error)) return {};
  fs::create_directories(directory, error);
  if (!error) fs::permissions(directory, fs::perms::owner_all, error);
  if (error) return base::failure(directory.string() + ": " + error.message());
  return {};
}

// The first free name in the quarantine for a copy of `path`.
base::Result<fs::path> quarantine_name(const fs::path& path) {
  const fs::path directory = path.parent_path() / kQuarantine;
  if (const auto made = make_directory(directory); !made) return base::failure(made.error());
  for (int count = 1;; ++count) {
    fs::path name = directory / (path.filename().string() + "." + std::to_string(count));
    std::error_code error;
    if (!fs::exists(name, error)) return name;
  }
}

// Moves a damaged database away. Returns: where it is now.
base::Result<fs::path> set_aside(const fs::path& path) {
  const auto name = quarantine_name(path);
  if (!name) return name;
  for (const char* suffix : kSuffixes) {
    std::error_code error;
    if (!fs::exists(path.string() + suffix, error)) continue;
    fs::rename(path.string() + suffix, name->string() + suffix, error);
    if (error) return base::failure(path.string() + suffix + ": " + error.message());
  }
  return name;
}

// Keeps a copy of a database of which load() could use only a part.
base::Result<fs::path> copy_aside(const fs::path& path, Database& database) {
  static_cast<void>(database.checkpoint());
  const auto name = quarantine_name(path);
  if (!name) return name;
  for (const char* suffix : {"", "-wal"}) {
    std::error_code error;
    if (!fs::exists(path.string() + suffix, error)) continue;
    fs::copy_file(path.string() + suffix, name->string() + suffix, error);
    if (error) return base::failure(name->string() + suffix + ": " + error.message());
  }
  return name;
}

DatabaseResult<std::pair<JournalTables, Recovered>> open_tables(const std::string& path) {
  auto database = Database::open(path);
  if (!database) return base::failure(database.error());
  auto tables = JournalTables::open(std::move(*database));
  if (!tables) return base::failure(tables.error());
  auto recovered = tables->load();
  if (!recovered) return base::failure(recovered.error());
  return std::pair(std::move(*tables), std::move(*recovered));
}

// Removes what is unusable, after a copy of all was kept, so that numbers can go on.
base::Result<void> drop_unusable(const std::string& path, JournalTables& tables,
                                 Recovered& recovered) {
  if (recovered.warnings.empty()) return {};
  const auto copy = copy_aside(path, tables.database());
  if (!copy) return base::failure(copy.error());
  recovered.warnings.push_back("a copy of the damaged journal is kept as " + copy->string());
  const auto cut = tables.cut_after(recovered);
  if (!cut) return base::failure(path + ": " + cut.error().text);
  return {};
}

// Counts this start. A disk that is full must not keep a server from going on with its calls, so a
// count that cannot be written is a warning and stays to be written. Returns: what was not written.
std::map<std::string, std::string> count_start(JournalTables& tables, Recovered& recovered) {
  const auto before = base::parse_integer(recovered.values[kStarts]).value_or(0);
  recovered.values.erase(kStarts);
  recovered.start_number = static_cast<std::uint64_t>(before) + 1;
  std::map<std::string, std::string> entry = {{kStarts, std::to_string(recovered.start_number)}};
  const auto written = tables.write({}, entry);
  if (written) return {};
  recovered.warnings.push_back("this start could not be counted yet: " + written.error().text);
  return entry;
}

}  // namespace

base::Result<void> make_private_file(const std::string& path) {
  const auto folder = make_directory(fs::path(path).parent_path());
  if (!folder) return folder;
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) return base::failure(path + ": " + system_text(errno));
  const int moded = ::fchmod(descriptor, 0600);
  const int error = errno;
  ::close(descriptor);
  if (moded != 0) return base::failure(path + ": " + system_text(error));
  return {};
}

// ---- FileLock ----------------------------------------------------------------------------------

FileLock::FileLock(int descriptor) : descriptor_(descriptor) {}

FileLock::FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

FileLock::~FileLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

base::Result<FileLock> FileLock::take(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) return base::failure(path + ": " + system_text(errno));
  FileLock lock(descriptor);
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    const int error = errno;
    return base::failure(
        path + ": " +
        (error == EWOULDBLOCK ? "another server is using this directory" : system_text(error)));
  }
  return lock;
}

base::Result<JournalFiles> open_journal_files(const std::string& path) {
  if (const auto made = make_directory(fs::path(path).parent_path()); !made) {
    return base::failure(made.error());
  }
  auto lock = FileLock::take(path + ".lock");
  if (!lock) return base::failure(lock.error());
  if (const auto made = make_private_file(path); !made) return base::failure(made.error());

  std::vector<std::string> warnings;
  auto opened = open_tables(path);
  if (!opened && opened.error().fault == DatabaseFault::Damaged) {
    const auto aside = set_aside(path);
    if (!aside) return base::failure(aside.error());
    warnings.push_back(path + " is damaged (" + opened.error().text + "), was moved to " +
                       aside->string() + " and starts empty");
    if (const auto made = make_private_file(path); !made) return base::failure(made.error());
    opened = open_tables(path);
  }
  if (!opened) return base::failure(path + ": " + opened.error().text);

  auto& [tables, recovered] = *opened;
  recovered.warnings.insert(recovered.warnings.begin(), warnings.begin(), warnings.end());
  if (warnings.empty()) {
    if (const auto cut = drop_unusable(path, tables, recovered); !cut) {
      return base::failure(cut.error());
    }
  }
  auto unsaved = count_start(tables, recovered);
  const std::string directory = fs::path(path).parent_path().string();
  return JournalFiles{std::move(*lock), directory.empty() ? "." : directory, std::move(tables),
                      std::move(recovered), std::move(unsaved)};
}

base::Result<std::string> move_to_quarantine(const std::string& path) {
  const auto name = set_aside(path);
  if (!name) return base::failure(name.error());
  return name->string();
}

}  // namespace store
