// One SQLite connection and its prepared statements: handles that close themselves, errors as
// values.
//
// Not thread-safe: a connection and its statements belong to one thread. Nothing here knows what
// the tables mean.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace store {

enum class DatabaseFault {
  Damaged,  // The file is not a database or its content contradicts itself.
  Full,     // No space, or a limit on the file's size is reached.
  Busy,     // Another connection holds the lock that is needed.
  Other,    // No permission, an I/O error …
};

struct DatabaseError {
  DatabaseFault fault = DatabaseFault::Other;
  std::string text;
};

template <class T>
using DatabaseResult = base::Result<T, DatabaseError>;

class Statement {
 public:
  explicit Statement(sqlite3_stmt* statement = nullptr);

  // Binds the next parameter; text is not copied. Lifetime: until run() or row() returned.
  Statement& bind(std::uint64_t number);
  Statement& bind(std::int64_t number);
  Statement& bind(std::string_view text);

  // Runs to the end and makes the statement ready for new parameters.
  DatabaseResult<void> run();
  // Fetches one row. Returns: false when there is none left; the statement is then ready again.
  DatabaseResult<bool> row();

  std::int64_t integer(int column) const;
  std::string text(int column) const;

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };

  void reset();

  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  int bound_ = 0;
};

// The write-ahead log after a checkpoint, in pages of 4 KiB.
struct LogState {
  int pages = 0;       // In the log.
  int pages_left = 0;  // Of these, not yet in the database itself.
};

class Database {
 public:
  // Opens or creates the file.
  static DatabaseResult<Database> open(const std::string& path);
  // Writes what the database at `from` holds at this instant to the new file `to`, also while
  // another process writes to it. Nothing is changed at `from`.
  static DatabaseResult<void> copy(const std::string& from, const std::string& to);

  // Runs one or several statements without parameters.
  DatabaseResult<void> execute(const std::string& sql);
  DatabaseResult<Statement> prepare(std::string_view sql);
  // The first column of the first row as a number; 0 when there is no row.
  DatabaseResult<std::int64_t> number(std::string_view sql);
  // A transaction that writes. Requires: none is open (begin), one is (commit).
  DatabaseResult<void> begin() { return execute("BEGIN IMMEDIATE"); }
  DatabaseResult<void> commit() { return execute("COMMIT"); }
  // Ends an open transaction, if there is one, without its effects.
  void roll_back();

  // Moves what the write-ahead log holds into the file and makes both durable (fsync), without
  // making writers wait. What is committed meanwhile stays in the log.
  DatabaseResult<LogState> checkpoint();
  // The same, and the log starts anew from its beginning; writers wait meanwhile.
  // Returns: Busy when another connection is at a checkpoint.
  DatabaseResult<void> checkpoint_and_restart_log();

 private:
  struct Close {
    void operator()(sqlite3* handle) const;
  };

  explicit Database(sqlite3* handle);

  std::unique_ptr<sqlite3, Close> handle_;
};

}  // namespace store
