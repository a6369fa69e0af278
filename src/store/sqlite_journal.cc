#include "store/sqlite_journal.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <variant>

#include "base/inbox.h"
#include "base/log.h"
#include "base/thread_name.h"
#include "store/database.h"
#include "store/disk_space.h"
#include "store/journal_files.h"
#include "store/journal_writer.h"

namespace store {
namespace {

using Clock = std::chrono::steady_clock;

// The write-ahead log begins anew only while nothing in it is missing in the database, which under
// steady load is never. Above the first figure (16 MiB) the writer is made to pause for it, but not
// while more than the second is missing: the rest must be written and confirmed by the disk in less
// than the 50 ms that the loop waits. A disk that confirms slowly now is not asked before the log
// is of the last size (128 MiB).
constexpr int kLogPagesMax = 4096;
constexpr int kLogPagesLeftMax = 128;
constexpr std::chrono::milliseconds kQuickSync{20};
constexpr int kLogPagesTooMany = 32'768;

struct Value {
  std::string key;
  std::string text;
};
struct Announced {
  std::uint64_t number = 0;
};
struct Delivered {
  Snapshot snapshot;
};
using Item = std::variant<std::vector<JournalRecord>, Snapshot, Announced, Delivered, Value>;

base::Result<Database> open_syncer(const std::string& path) {
  auto database = Database::open(path);
  if (!database) return base::failure(path + ": " + database.error().text);
  // NORMAL makes a checkpoint call fsync for the log before, and for the database after it copied.
  const auto mode = database->execute("PRAGMA synchronous = NORMAL");
  if (!mode) return base::failure(path + ": " + mode.error().text);
  return std::move(*database);
}

}  // namespace

class SqliteJournal::Threads {
 public:
  Threads(JournalFiles files, JournalWriter writer, Database syncer,
          const SqliteJournalOptions& options)
      : lock_(std::move(files.lock)),
        directory_(files.directory),
        writer_(std::move(writer)),
        syncer_(std::move(syncer)),
        interval_(options.sync_interval),
        reserve_(options.free_bytes_min),
        inbox_(options.inbox_items),
        writer_thread_([this] { run_writer(); }),
        syncer_thread_([this] { run_syncer(); }) {}

  ~Threads() {
    {
      const std::lock_guard guard(mutex_);
      stopping_ = true;
    }
    changed_.notify_all();
    syncer_thread_.join();
    inbox_.interrupt();
    writer_thread_.join();
  }

  Threads(const Threads&) = delete;
  Threads& operator=(const Threads&) = delete;

  void put(Item item) {
    if (inbox_.put(std::move(item))) return;
    lost_ = true;
    inbox_.interrupt();
  }

  base::Result<void> flush() {
    std::unique_lock guard(mutex_);
    const std::uint64_t mine = ++flushes_wanted_;
    inbox_.interrupt();
    changed_.wait(guard, [&] { return flushes_done_ >= mine; });
    if (!flush_trouble_.empty()) return base::failure(flush_trouble_);
    return {};
  }

 private:
  // What the other threads want of the writer, as of the beginning of one turn.
  struct Wishes {
    std::uint64_t flushes = 0;
    bool flush = false;
    bool stop = false;
    std::string sync_error;
    std::string no_room;
  };

  void run_writer() {
    base::name_this_thread("journal");
    while (true) {
      // Wishes first: whatever was handed over before a wish is then in the inbox.
      const Wishes wishes = wishes_now();
      const bool at_once = at_the_end(wishes) || more_;
      auto items = inbox_.take(at_once ? Clock::now() : Clock::now() + interval_);
      if (!wishes.sync_error.empty()) writer_.report(wishes.sync_error);
      writer_.forbid(at_the_end(wishes) ? std::string() : wishes.no_room);
      write(items);
      if (wishes.flush) finish_flush(wishes.flushes);
      if (wishes.stop) return;
    }
  }

  Wishes wishes_now() {
    const std::lock_guard guard(mutex_);
    return {flushes_wanted_, flushes_wanted_ > flushes_done_, stopping_,
            std::exchange(sync_error_, {}), no_room_};
  }

  static bool at_the_end(const Wishes& wishes) { return wishes.flush || wishes.stop; }

  void write(std::vector<Item>& items) {
    for (Item& item : items) {
      std::visit([this](auto& taken) { take(taken); }, item);
    }
    // A loss that happened before a snapshot of this turn is noted after it: one snapshot too many
    // is asked for then, never one too few.
    if (lost_.exchange(false)) {
      writer_.note_loss("the disk is too slow: the journal's inbox was full");
    }
    writer_.write(Clock::now());
    if (restart_log_.exchange(false)) writer_.restart_log();
    more_ = writer_.write_part();
    dirty_ = true;
  }

  void take(std::vector<JournalRecord>& records) { writer_.add(std::move(records)); }
  void take(Snapshot& snapshot) {
    writer_.expect_snapshot(snapshot.number);
    writer_.begin_snapshot(std::move(snapshot));
  }
  void take(Announced& announced) { writer_.expect_snapshot(announced.number); }
  void take(Delivered& delivered) { writer_.begin_snapshot(std::move(delivered.snapshot)); }
  void take(Value& value) { writer_.set_value(std::move(value.key), std::move(value.text)); }

  void finish_flush(std::uint64_t number) {
    writer_.write_now(Clock::now());
    while (writer_.write_part()) writer_.write_now(Clock::now());
    more_ = false;
    std::string trouble = writer_.trouble();
    const auto synced = writer_.tables().database().checkpoint();
    if (!synced && synced.error().fault != DatabaseFault::Busy && trouble.empty()) {
      trouble = synced.error().text;
    }
    {
      const std::lock_guard guard(mutex_);
      flushes_done_ = number;
      flush_trouble_ = trouble;
    }
    changed_.notify_all();
  }

  void run_syncer() {
    base::name_this_thread("journal-sync");
    std::unique_lock guard(mutex_);
    do {
      guard.unlock();
      std::string trouble = sync();
      std::string no_room = look_for_room();
      guard.lock();
      const bool is_news = !trouble.empty() || no_room != no_room_;
      if (!trouble.empty()) sync_error_ = "the disk did not confirm: " + std::move(trouble);
      no_room_ = std::move(no_room);
      if (is_news) inbox_.interrupt();
    } while (!changed_.wait_for(guard, interval_, [this] { return stopping_; }));
  }

  // Returns: why nothing may be written now, or an empty text. The same text as long as it lasts.
  std::string look_for_room() {
    const auto free = free_bytes(directory_);
    // A disk that cannot say what is free says soon enough when it is full.
    if (!free || reserve_.has_room(*free)) return {};
    return "the disk of " + directory_ + " is nearly full";
  }

  // Returns: what went wrong, or an empty text.
  std::string sync() {
    if (!dirty_.exchange(false)) return {};
    auto log = syncer_.checkpoint();
    // A long one leaves what was committed meanwhile; the next is short.
    const auto began = Clock::now();
    if (log && log->pages > kLogPagesMax) log = syncer_.checkpoint();
    if (log) {
      const bool is_quick = Clock::now() - began <= kQuickSync;
      restart_log_ = log->pages > (is_quick ? kLogPagesMax : kLogPagesTooMany) &&
                     log->pages_left <= kLogPagesLeftMax;
      return {};
    }
    // Busy means that the writer is at a checkpoint itself.
    return log.error().fault == DatabaseFault::Busy ? std::string() : log.error().text;
  }

  const FileLock lock_;
  const std::string directory_;
  JournalWriter writer_;
  bool more_ = true;  // Of the writer thread: it has work left, also from an earlier run.
  Database syncer_;
  const std::chrono::milliseconds interval_;
  DiskReserve reserve_;  // Of the syncer.
  base::Inbox<Item> inbox_;
  std::atomic<bool> lost_{false};
  std::atomic<bool> dirty_{false};
  std::atomic<bool> restart_log_{false};

  std::mutex mutex_;
  std::condition_variable changed_;
  // Guarded by mutex_.
  bool stopping_ = false;
  std::uint64_t flushes_wanted_ = 0;
  std::uint64_t flushes_done_ = 0;
  std::string flush_trouble_;
  std::string sync_error_;
  std::string no_room_;

  // Last, so that all above exists when they start.
  std::thread writer_thread_;
  std::thread syncer_thread_;
};

SqliteJournal::SqliteJournal(std::unique_ptr<Threads> threads, Recovered recovered)
    : recovered_(std::move(recovered)), threads_(std::move(threads)) {}

base::Result<std::unique_ptr<SqliteJournal>> SqliteJournal::open(
    const std::string& path, const SqliteJournalOptions& options, JournalCallbacks callbacks) {
  auto files = open_journal_files(path);
  if (!files) return base::failure(files.error());
  auto syncer = open_syncer(path);
  if (!syncer) return base::failure(syncer.error());
  if (options.pages_max > 0) {
    const auto limited = files->tables.database().number("PRAGMA max_page_count = " +
                                                         std::to_string(options.pages_max));
    if (!limited) return base::failure(path + ": " + limited.error().text);
  }
  const JournalWriter::Limits limits = {options.waiting_records, options.waiting_bytes,
                                        options.sync_interval};
  JournalWriter writer(std::move(files->tables), limits, std::move(callbacks));
  writer.start_after(files->recovered.last_number(), std::move(files->unsaved));
  if (options.lacks_records) writer.note_loss("the journal lacks what happened before it opened");
  Recovered recovered = std::move(files->recovered);
  auto threads =
      std::make_unique<Threads>(std::move(*files), std::move(writer), std::move(*syncer), options);
  return std::make_unique<SqliteJournal>(std::move(threads), std::move(recovered));
}

SqliteJournal::~SqliteJournal() {
  if (const auto flushed = flush(); !flushed) {
    base::log_error(base::LogSubject{base::LogArea::Store},
                    "the journal ends with unwritten records: {}", flushed.error());
  }
}

Recovered SqliteJournal::take_recovered() {
  return std::exchange(recovered_, {});
}

void SqliteJournal::append(std::vector<JournalRecord> records) {
  threads_->put(std::move(records));
}

void SqliteJournal::save_snapshot(Snapshot snapshot) {
  threads_->put(std::move(snapshot));
}

void SqliteJournal::announce_snapshot(std::uint64_t number) {
  threads_->put(Announced{number});
}

void SqliteJournal::deliver_snapshot(Snapshot snapshot) {
  threads_->put(Delivered{std::move(snapshot)});
}

void SqliteJournal::set_value(std::string key, std::string text) {
  threads_->put(Value{std::move(key), std::move(text)});
}

base::Result<void> SqliteJournal::flush() {
  return threads_->flush();
}

}  // namespace store
