#include "store/late_journal.h"

#include <utility>

#include "base/log.h"
#include "base/thread_name.h"
#include "store/disk_space.h"
#include "store/journal_reading.h"

namespace store {

base::Result<std::unique_ptr<Journal>> open_journal(const std::string& path,
                                                    const SqliteJournalOptions& options,
                                                    const JournalCallbacks& callbacks) {
  if (is_read_only(path)) return std::make_unique<LateJournal>(path, options, callbacks);
  auto journal = SqliteJournal::open(path, options, callbacks);
  if (!journal) return base::failure(journal.error());
  return std::move(*journal);
}

LateJournal::LateJournal(std::string path, SqliteJournalOptions options, JournalCallbacks callbacks)
    : path_(std::move(path)), options_(std::move(options)), callbacks_(std::move(callbacks)) {
  auto found = read_resting_journal(path_);
  if (found) {
    recovered_ = std::move(*found);
  } else {
    recovered_.start_number = 1;
    recovered_.warnings.push_back(
        "ALARM: the state cannot be read, the server starts without it: " + found.error());
  }
  callbacks_.failed("the disk of " + path_ + " is read-only", recovered_.last_number());
  thread_ = std::thread([this] { run(); });
}

LateJournal::~LateJournal() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

Recovered LateJournal::take_recovered() {
  return std::exchange(recovered_, {});
}

void LateJournal::append(std::vector<JournalRecord> records) {
  if (const auto to = journal()) to->append(std::move(records));
}

void LateJournal::save_snapshot(Snapshot snapshot) {
  if (const auto to = journal()) to->save_snapshot(std::move(snapshot));
}

void LateJournal::announce_snapshot(std::uint64_t number) {
  if (const auto to = journal()) to->announce_snapshot(number);
}

void LateJournal::deliver_snapshot(Snapshot snapshot) {
  // One that was announced before it was open is dropped there: it has a gap.
  if (const auto to = journal()) to->deliver_snapshot(std::move(snapshot));
}

void LateJournal::set_value(std::string key, std::string text) {
  const std::lock_guard lock(mutex_);
  if (journal_) return journal_->set_value(std::move(key), std::move(text));
  values_[std::move(key)] = std::move(text);
}

base::Result<void> LateJournal::flush() {
  if (const auto to = journal()) return to->flush();
  return base::failure("the disk of " + path_ + " is read-only");
}

std::shared_ptr<SqliteJournal> LateJournal::journal() {
  const std::lock_guard lock(mutex_);
  return journal_;
}

void LateJournal::run() {
  base::name_this_thread("late-journal");
  std::unique_lock lock(mutex_);
  do {
    lock.unlock();
    const bool is_open = open();
    lock.lock();
    if (is_open) return;
  } while (!changed_.wait_for(lock, options_.sync_interval, [this] { return stopping_; }));
}

bool LateJournal::open() {
  if (is_read_only(path_)) return false;
  SqliteJournalOptions options = options_;
  options.lacks_records = true;
  auto opened = SqliteJournal::open(path_, options, callbacks_);
  if (!opened) {
    if (opened.error() != problem_) {
      base::log_error(base::LogSubject{base::LogArea::Store}, "{}", opened.error());
    }
    problem_ = opened.error();
    return false;
  }
  // What it holds is older than what the server started from, or the same.
  for (const auto& warning : (*opened)->take_recovered().warnings) {
    base::log_warning(base::LogSubject{base::LogArea::Store}, "{}", warning);
  }
  const std::lock_guard lock(mutex_);
  journal_ = std::move(*opened);
  for (auto& [key, text] : values_) journal_->set_value(key, std::move(text));
  values_.clear();
  return true;
}

}  // namespace store
