#include "store/record_outbox.h"

#include <filesystem>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/text.h"
#include "store/journal_files.h"

namespace store {
namespace {

// One thread puts and another delivers: either may wait while the other confirms to the disk.
constexpr const char* kSchema =
    "PRAGMA busy_timeout=5000;"
    "PRAGMA journal_mode=WAL;"
    "PRAGMA wal_autocheckpoint=1000;"
    "CREATE TABLE IF NOT EXISTS outbox (id INTEGER PRIMARY KEY AUTOINCREMENT,"
    " kind TEXT NOT NULL, body TEXT NOT NULL);"
    "CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, text TEXT NOT NULL);";

std::string to_json(const SqlRow& row) {
  nlohmann::json values = nlohmann::json::array();
  for (const auto& value : row) values.push_back(value ? nlohmann::json(*value) : nullptr);
  return values.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

SqlRow from_json(const std::string& text) {
  SqlRow row;
  const auto values = nlohmann::json::parse(text, nullptr, false);
  if (!values.is_array()) return row;
  for (const auto& value : values) {
    row.push_back(value.is_string() ? std::optional(value.get<std::string>()) : std::nullopt);
  }
  return row;
}

template <class T>
base::Result<T> told(DatabaseResult<T> result) {
  if (!result) return base::failure(result.error().text);
  return std::move(*result);
}
base::Result<void> told(const DatabaseResult<void>& result) {
  if (!result) return base::failure(result.error().text);
  return {};
}

DatabaseResult<Database> open_file(const std::string& path, RecordOutbox::Writes writes) {
  auto database = Database::open(path);
  if (!database) return database;
  const bool is_quick = writes == RecordOutbox::Writes::Quick;
  auto mode = database->execute(is_quick ? "PRAGMA synchronous=NORMAL" : "PRAGMA synchronous=FULL");
  if (!mode) return base::failure(mode.error());
  if (auto made = database->execute(kSchema); !made) return base::failure(made.error());
  return database;
}

std::string fact_of_life(std::string_view life) {
  return "put." + std::string(life);
}

DatabaseResult<std::string> read_fact(Database& database, std::string_view name) {
  auto statement = database.prepare("SELECT text FROM facts WHERE name = ?");
  if (!statement) return base::failure(statement.error());
  const auto found = statement->bind(name).row();
  if (!found) return base::failure(found.error());
  return *found ? statement->text(0) : std::string();
}

DatabaseResult<void> write_fact(Database& database, std::string_view name, std::string_view text) {
  auto statement = database.prepare("INSERT OR REPLACE INTO facts (name, text) VALUES (?, ?)");
  if (!statement) return base::failure(statement.error());
  return statement->bind(name).bind(text).run();
}

DatabaseResult<void> put_all(Database& database, std::string_view life, std::uint64_t first,
                             const std::vector<Record>& records) {
  const std::string fact = fact_of_life(life);
  const auto known = read_fact(database, fact);
  if (!known) return base::failure(known.error());
  const auto last = static_cast<std::uint64_t>(base::lenient_integer(*known));
  auto statement = database.prepare("INSERT INTO outbox (kind, body) VALUES (?, ?)");
  if (!statement) return base::failure(statement.error());
  std::uint64_t number = first;
  for (const Record& record : records) {
    if (number++ <= last) continue;
    const std::string body = to_json(record.row);
    if (auto put = statement->bind(record.table).bind(body).run(); !put) return put;
  }
  return number - 1 <= last ? DatabaseResult<void>()
                            : write_fact(database, fact, std::to_string(number - 1));
}

}  // namespace

base::Result<RecordOutbox> RecordOutbox::open(const std::string& path, Writes writes) {
  if (const auto made = make_private_file(path); !made) return base::failure(made.error());
  auto database = open_file(path, writes);
  if (!database && database.error().fault == DatabaseFault::Damaged) {
    std::error_code error;
    std::filesystem::rename(path, path + ".damaged", error);
    for (const char* rest : {"-wal", "-shm"}) std::filesystem::remove(path + rest, error);
    if (const auto made = make_private_file(path); !made) return base::failure(made.error());
    database = open_file(path, writes);
  }
  if (!database) return base::failure(path + ": " + database.error().text);
  return RecordOutbox(std::move(*database));
}

base::Result<void> RecordOutbox::put(std::string_view life, std::uint64_t first,
                                     const std::vector<Record>& records) {
  if (auto begun = database_.begin(); !begun) return told(begun);
  auto put = put_all(database_, life, first, records);
  if (put) put = database_.commit();
  if (!put) database_.roll_back();
  return told(put);
}

base::Result<std::uint64_t> RecordOutbox::last_put(std::string_view life) {
  const auto text = fact(fact_of_life(life));
  if (!text) return base::failure(text.error());
  return static_cast<std::uint64_t>(base::lenient_integer(*text));
}

base::Result<RecordOutbox::Parcel> RecordOutbox::oldest(std::size_t count) {
  auto statement = database_.prepare("SELECT id, kind, body FROM outbox ORDER BY id LIMIT ?");
  if (!statement) return base::failure(statement.error().text);
  statement->bind(static_cast<std::uint64_t>(count));
  Parcel parcel;
  while (true) {
    const auto more = statement->row();
    if (!more) return base::failure(more.error().text);
    if (!*more) return parcel;
    parcel.last = statement->integer(0);
    parcel.records.push_back({.table = statement->text(1), .row = from_json(statement->text(2))});
  }
}

base::Result<void> RecordOutbox::delivered(std::int64_t last) {
  return told(database_.execute("DELETE FROM outbox WHERE id <= " + std::to_string(last)));
}

base::Result<std::int64_t> RecordOutbox::waiting() {
  return told(database_.number("SELECT COUNT(*) FROM outbox"));
}

base::Result<std::string> RecordOutbox::fact(std::string_view name) {
  return told(read_fact(database_, name));
}

base::Result<void> RecordOutbox::set_fact(std::string_view name, std::string_view text) {
  return told(write_fact(database_, name, text));
}

}  // namespace store
