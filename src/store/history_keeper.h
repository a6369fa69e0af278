// Keeps what the journal forgets: copies its records, a little behind, into files of their own.
// Each file is a journal by itself, a snapshot and the records after it, for `ringmaster why` and
// `replay`.
//
//   FOLDER/20261122T174501.123Z.db    begun at this time (UTC); names sort in order
//
// It reads beside the server that writes, holds nobody up, and changes nothing of the journal. The
// beginning of a file may repeat the end of the one before. Belongs to one thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/journal_tables.h"

namespace store {

class HistoryKeeper {
 public:
  struct Limits {
    // Then the next file begins: so that whoever asks for one call need not read a day.
    std::uint64_t records_per_file = 200'000;
    std::int64_t ms_per_file = 3'600'000;
    // Copied in one transaction; a reader of the journal must not stay long.
    std::uint64_t records_at_once = 2'000;
  };

  HistoryKeeper(std::string journal, std::filesystem::path folder, Limits limits)
      : journal_(std::move(journal)), folder_(std::move(folder)), limits_(limits) {}

  // Copies some of what came since the last time. Returns: whether there is more at once; why
  // nothing could be copied.
  base::Result<bool> follow();

 private:
  DatabaseResult<void> open_newest();
  DatabaseResult<bool> is_over();
  DatabaseResult<void> begin_file();
  DatabaseResult<void> open(const std::filesystem::path& path);
  DatabaseResult<bool> copy_records();
  DatabaseResult<bool> step();
  Database& database() { return tables_->database(); }

  const std::string journal_;
  const std::filesystem::path folder_;
  const Limits limits_;
  std::optional<JournalTables> tables_;  // Of the newest file.
  std::uint64_t last_ = 0;               // The last record in it, or its snapshot's.
};

// The files of such a folder, the oldest first; none when there is no folder.
std::vector<std::filesystem::path> history_files(const std::filesystem::path& folder);

}  // namespace store
