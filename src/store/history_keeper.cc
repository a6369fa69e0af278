#include "store/history_keeper.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <system_error>
#include <utility>

#include "store/journal_files.h"

namespace store {
namespace {

namespace fs = std::filesystem;

constexpr const char* kSuffix = ".db";

std::string name_now() {
  const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  const auto seconds = std::chrono::floor<std::chrono::seconds>(now);
  return fmt::format("{:%Y%m%dT%H%M%S}.{:03}Z{}", seconds, (now - seconds).count(), kSuffix);
}

// Of what the file holds: 0 for an empty one.
constexpr const char* kLast =
    "SELECT max(coalesce((SELECT max(number) FROM main.records), 0),"
    " coalesce((SELECT max(number) FROM main.snapshots), 0))";
constexpr const char* kLastOfJournal =
    "SELECT max(coalesce((SELECT max(number) FROM live.records), 0),"
    " coalesce((SELECT max(number) FROM live.snapshots), 0))";
constexpr const char* kNewestSnapshot =
    "SELECT coalesce((SELECT number FROM live.snapshots ORDER BY id DESC LIMIT 1), 0)";

}  // namespace

base::Result<bool> HistoryKeeper::follow() {
  auto more = step();
  if (more) return *more;
  // Whatever it was, the next time begins with what is on the disk.
  if (tables_) database().roll_back();
  tables_.reset();
  return base::failure(folder_.string() + ": " + more.error().text);
}

DatabaseResult<bool> HistoryKeeper::step() {
  if (!tables_) {
    if (auto opened = open_newest(); !opened) return base::failure(opened.error());
  }
  const auto over = is_over();
  if (!over) return base::failure(over.error());
  if (*over) {
    if (auto begun = begin_file(); !begun) return base::failure(begun.error());
  }
  auto more = copy_records();
  if (!more || *more) return more;
  // Only of this file: the journal's log is the journal's.
  if (auto done = database().execute("PRAGMA main.wal_checkpoint(TRUNCATE)"); !done) {
    return base::failure(done.error());
  }
  return false;
}

// Whether the newest file is to be left for a new one.
DatabaseResult<bool> HistoryKeeper::is_over() {
  struct Figure {
    const char* question;
    std::int64_t value = 0;
  };
  Figure first{"SELECT coalesce(min(number), 0) FROM live.records"};
  Figure last{kLastOfJournal};
  Figure newest{kNewestSnapshot};
  Figure begun{"SELECT coalesce(min(number), 0) FROM main.snapshots"};
  Figure records{"SELECT count(*) FROM main.records"};
  Figure span{"SELECT coalesce(max(instant_ms) - min(instant_ms), 0) FROM main.records"};
  for (Figure* figure : {&first, &last, &newest, &begun, &records, &span}) {
    const auto found = database().number(figure->question);
    if (!found) return base::failure(found.error());
    figure->value = *found;
  }
  const auto here = static_cast<std::int64_t>(last_);
  // The journal no longer has what follows, or it is another one: a state that was moved away.
  if (first.value > here + 1 || last.value < here) return true;
  const bool is_full = records.value >= static_cast<std::int64_t>(limits_.records_per_file) ||
                       span.value >= limits_.ms_per_file;
  return is_full && newest.value > begun.value;
}

DatabaseResult<bool> HistoryKeeper::copy_records() {
  auto copy = database().prepare(
      "INSERT INTO main.records SELECT * FROM live.records WHERE number > ? ORDER BY number "
      "LIMIT ?");
  if (!copy) return base::failure(copy.error());
  if (auto done = copy->bind(last_).bind(limits_.records_at_once).run(); !done) {
    return base::failure(done.error());
  }
  const auto last = database().number(kLast);
  if (!last) return base::failure(last.error());
  const std::uint64_t before = std::exchange(last_, static_cast<std::uint64_t>(*last));
  return last_ - before >= limits_.records_at_once;
}

DatabaseResult<void> HistoryKeeper::open_newest() {
  const auto files = history_files(folder_);
  if (!files.empty()) {
    auto opened = open(files.back());
    // A damaged one stays for people to look at.
    if (opened || opened.error().fault != DatabaseFault::Damaged) return opened;
  }
  return open(folder_ / name_now());
}

// A file that begins with the newest snapshot of the journal, or, where there is none, at its first
// record.
DatabaseResult<void> HistoryKeeper::begin_file() {
  // One that is empty will do.
  if (last_ > 0) {
    if (auto opened = open(folder_ / name_now()); !opened) return opened;
  }
  const auto copied = database().execute(
      "BEGIN IMMEDIATE;"
      "INSERT OR REPLACE INTO main.snapshots SELECT * FROM live.snapshots ORDER BY id DESC LIMIT 1;"
      "INSERT OR REPLACE INTO main.snapshot_parts SELECT * FROM live.snapshot_parts"
      " WHERE snapshot IN (SELECT id FROM main.snapshots);"
      "COMMIT");
  if (!copied) return copied;
  const auto last = database().number(kLast);
  if (!last) return base::failure(last.error());
  last_ = static_cast<std::uint64_t>(*last);
  return {};
}

DatabaseResult<void> HistoryKeeper::open(const fs::path& path) {
  tables_.reset();
  if (auto made = make_private_file(path.string()); !made) {
    return base::failure(DatabaseError{DatabaseFault::Other, made.error()});
  }
  auto database = Database::open(path.string());
  if (!database) return base::failure(database.error());
  auto tables = JournalTables::open(std::move(*database));
  if (!tables) return base::failure(tables.error());
  tables_.emplace(std::move(*tables));
  auto attach = this->database().prepare("ATTACH ? AS live");
  if (!attach) return base::failure(attach.error());
  if (auto attached = attach->bind(std::string_view(journal_)).run(); !attached) return attached;
  const auto last = this->database().number(kLast);
  if (!last) return base::failure(last.error());
  last_ = static_cast<std::uint64_t>(*last);
  return {};
}

std::vector<fs::path> history_files(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (entry.path().extension() == kSuffix) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace store
