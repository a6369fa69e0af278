// The journal's files: made with the right modes, held by one process, set aside when damaged.
//
//   DIR/journal.db, -wal, -shm   the database (0600; DIR is made 0700)
//   DIR/journal.db.lock          held with flock(2) while a journal is open
//   DIR/quarantine/              damaged databases; retention is not ours
#pragma once

#include <map>
#include <string>

#include "base/result.h"
#include "store/journal.h"
#include "store/journal_tables.h"

namespace store {

// An exclusive lock on a file that the kernel gives back when the process ends, however it ends.
class FileLock {
 public:
  // Fails at once when another process has it.
  static base::Result<FileLock> take(const std::string& path);

  FileLock(FileLock&& other) noexcept;
  FileLock& operator=(FileLock&& other) = delete;
  ~FileLock();

 private:
  explicit FileLock(int descriptor);

  int descriptor_;
};

struct JournalFiles {
  FileLock lock;
  std::string directory;
  JournalTables tables;
  Recovered recovered;
  // Entries that could not be written, because the disk is full, say: to be written with the next.
  std::map<std::string, std::string> unsaved;
};

// Opens or makes the journal at `path`, and counts this start. A damaged database is moved to the
// quarantine directory beside it, with a warning, and the journal starts empty.
base::Result<JournalFiles> open_journal_files(const std::string& path);

// Makes the file, and its folder, before SQLite does, which would let the umask decide who may read
// callers' data. One that is there becomes private.
base::Result<void> make_private_file(const std::string& path);

// Moves the journal at `path` to the quarantine directory beside it, so that the next one starts
// empty. Requires: nobody has it open. Returns: where it is now.
base::Result<std::string> move_to_quarantine(const std::string& path);

}  // namespace store
