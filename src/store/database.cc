#include "store/database.h"

#include <sqlite3.h>

namespace store {
namespace {

// How long a statement waits for a lock of our own second connection (the checkpoint's short
// moments) before it reports Busy. Far below the 50 ms after which the loop gives up waiting.
constexpr int kBusyWaitMs = 20;

DatabaseFault fault_of(int code) {
  switch (code & 0xff) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return DatabaseFault::Damaged;
    case SQLITE_FULL:
      return DatabaseFault::Full;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return DatabaseFault::Busy;
    default:
      return DatabaseFault::Other;
  }
}

DatabaseError error_of(sqlite3* handle) {
  const int code = sqlite3_extended_errcode(handle);
  std::string text = sqlite3_errmsg(handle);
  // "disk I/O error" alone helps nobody: the system's own words say which.
  if (const int system = sqlite3_system_errno(handle); (code & 0xff) == SQLITE_IOERR && system) {
    text += " (code " + std::to_string(code) + ", errno " + std::to_string(system) + ")";
  }
  return {fault_of(code), std::move(text)};
}

}  // namespace

// ---- Statement ---------------------------------------------------------------------------------

Statement::Statement(sqlite3_stmt* statement) : statement_(statement) {}

void Statement::Finalize::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}

Statement& Statement::bind(std::uint64_t number) {
  return bind(static_cast<std::int64_t>(number));
}

Statement& Statement::bind(std::int64_t number) {
  sqlite3_bind_int64(statement_.get(), ++bound_, number);
  return *this;
}

Statement& Statement::bind(std::string_view text) {
  sqlite3_bind_text64(statement_.get(), ++bound_, text.data(), text.size(), SQLITE_STATIC,
                      SQLITE_UTF8);
  return *this;
}

DatabaseResult<void> Statement::run() {
  while (true) {
    const auto more = row();
    if (!more) return base::failure(more.error());
    if (!*more) return {};
  }
}

DatabaseResult<bool> Statement::row() {
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) {
    reset();
    return false;
  }
  auto error = error_of(sqlite3_db_handle(statement_.get()));
  reset();
  return base::failure(std::move(error));
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

std::string Statement::text(int column) const {
  const auto* bytes = sqlite3_column_text(statement_.get(), column);
  if (bytes == nullptr) return {};
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column));
  return std::string(bytes, bytes + size);
}

void Statement::reset() {
  sqlite3_reset(statement_.get());
  sqlite3_clear_bindings(statement_.get());
  bound_ = 0;
}

// ---- Database ----------------------------------------------------------------------------------

Database::Database(sqlite3* handle) : handle_(handle) {
  // SQLite's own checkpoints would make a commit wait now and then.
  sqlite3_wal_autocheckpoint(handle, 0);
}

void Database::Close::operator()(sqlite3* handle) const {
  sqlite3_close_v2(handle);
}

DatabaseResult<Database> Database::open(const std::string& path) {
  sqlite3* handle = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
  const int code = sqlite3_open_v2(path.c_str(), &handle, flags, nullptr);
  if (handle == nullptr) return base::failure(DatabaseError{DatabaseFault::Other, "no memory"});
  Database database(handle);
  if (code != SQLITE_OK) return base::failure(error_of(handle));
  sqlite3_extended_result_codes(handle, 1);
  sqlite3_busy_timeout(handle, kBusyWaitMs);
  return database;
}

DatabaseResult<void> Database::copy(const std::string& from, const std::string& to) {
  sqlite3* handle = nullptr;
  const int flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX;
  const int code = sqlite3_open_v2(from.c_str(), &handle, flags, nullptr);
  if (handle == nullptr) return base::failure(DatabaseError{DatabaseFault::Other, "no memory"});
  Database database(handle);
  if (code != SQLITE_OK) return base::failure(error_of(handle));
  sqlite3_busy_timeout(handle, kBusyWaitMs);
  auto copying = database.prepare("VACUUM INTO ?");
  if (!copying) return base::failure(copying.error());
  return copying->bind(std::string_view(to)).run();
}

DatabaseResult<void> Database::execute(const std::string& sql) {
  const int code = sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return base::failure(error_of(handle_.get()));
  return {};
}

DatabaseResult<Statement> Database::prepare(std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v2(handle_.get(), sql.data(), static_cast<int>(sql.size()),
                                      &statement, nullptr);
  if (code != SQLITE_OK) return base::failure(error_of(handle_.get()));
  return Statement(statement);
}

DatabaseResult<std::int64_t> Database::number(std::string_view sql) {
  auto statement = prepare(sql);
  if (!statement) return base::failure(statement.error());
  const auto found = statement->row();
  if (!found) return base::failure(found.error());
  return *found ? statement->integer(0) : 0;
}

void Database::roll_back() {
  if (sqlite3_get_autocommit(handle_.get()) == 0) static_cast<void>(execute("ROLLBACK"));
}

DatabaseResult<LogState> Database::checkpoint() {
  int pages = 0;
  int moved = 0;
  const int code =
      sqlite3_wal_checkpoint_v2(handle_.get(), nullptr, SQLITE_CHECKPOINT_PASSIVE, &pages, &moved);
  if (code != SQLITE_OK) return base::failure(error_of(handle_.get()));
  return LogState{pages, pages - moved};
}

DatabaseResult<void> Database::checkpoint_and_restart_log() {
  const int code = sqlite3_wal_checkpoint_v2(handle_.get(), nullptr, SQLITE_CHECKPOINT_RESTART,
                                             nullptr, nullptr);
  if (code != SQLITE_OK) return base::failure(error_of(handle_.get()));
  return {};
}

}  // namespace store
