// A journal on a disk that was read-only when the server started.
//
// The server goes on from what is there and takes calls, unprotected: failed() is called at once,
// and what the loop hands over is dropped. Every sync_interval the journal is tried to be opened as
// usual; from then on it is that one, whose first snapshot brings protection back.
#pragma once

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "store/journal.h"
#include "store/sqlite_journal.h"

namespace store {

// The journal at `path`: SqliteJournal, or LateJournal where the disk takes no writes.
// Returns: as SqliteJournal::open().
base::Result<std::unique_ptr<Journal>> open_journal(const std::string& path,
                                                    const SqliteJournalOptions& options,
                                                    const JournalCallbacks& callbacks);

class LateJournal : public Journal {
 public:
  // take_recovered()'s warnings say what could not be read.
  LateJournal(std::string path, SqliteJournalOptions options, JournalCallbacks callbacks);
  ~LateJournal() override;

  Recovered take_recovered() override;
  void append(std::vector<JournalRecord> records) override;
  void save_snapshot(Snapshot snapshot) override;
  void announce_snapshot(std::uint64_t number) override;
  void deliver_snapshot(Snapshot snapshot) override;
  void set_value(std::string key, std::string text) override;
  base::Result<void> flush() override;

 private:
  void run();
  // Returns: false while the disk does not take it.
  bool open();
  // The journal once it is open, else none.
  std::shared_ptr<SqliteJournal> journal();

  const std::string path_;
  const SqliteJournalOptions options_;
  const JournalCallbacks callbacks_;
  Recovered recovered_;
  std::string problem_;  // Of the thread: why it did not open, as it was told.

  std::mutex mutex_;  // Guards what follows.
  std::condition_variable changed_;
  bool stopping_ = false;
  std::shared_ptr<SqliteJournal> journal_;
  std::map<std::string, std::string> values_;  // For the journal when it opens.

  std::thread thread_;  // Last: all above exists when it starts.
};

}  // namespace store
