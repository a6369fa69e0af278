#include "store/journal_tables.h"

#include <limits>
#include <utility>

namespace store {
namespace {

// "ring" in ASCII: tells our files from other SQLite databases (file(1) shows it, too).
constexpr std::int64_t kApplicationId = 0x72696e67;
// Raised when the tables change in a way that older programs cannot read.
constexpr std::int64_t kTablesVersion = 1;
// Records removed in one go, about a millisecond of work.
constexpr int kPruneAtOnce = 500;
// SQLite's integers are signed, and so is the highest number a record can have.
constexpr std::uint64_t kLastNumber = std::numeric_limits<std::int64_t>::max();

constexpr const char* kTables = R"sql(
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS records(
  number INTEGER PRIMARY KEY, instant_ms INTEGER NOT NULL, body TEXT NOT NULL,
  checksum INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS snapshots(
  id INTEGER PRIMARY KEY, number INTEGER NOT NULL, instant_ms INTEGER NOT NULL,
  checksum INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS snapshot_parts(
  snapshot INTEGER NOT NULL, part INTEGER NOT NULL, body TEXT NOT NULL, UNIQUE(snapshot, part));
CREATE TABLE IF NOT EXISTS entries(key TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID;
PRAGMA application_id = 0x72696e67;
PRAGMA user_version = 1;
COMMIT;
)sql";

// A row of `records`; nullopt when its checksum says that it is damaged.
std::optional<JournalRecord> intact_record(const Statement& statement) {
  JournalRecord record;
  record.number = static_cast<std::uint64_t>(statement.integer(0));
  record.instant_ms = statement.integer(1);
  record.body = statement.text(2);
  const auto sum = static_cast<std::uint64_t>(statement.integer(3));
  if (sum != checksum(record.number, record.instant_ms, record.body)) return std::nullopt;
  return record;
}

DatabaseResult<void> check_structure(Database& database) {
  auto check = database.prepare("PRAGMA quick_check(1)");
  if (!check) return base::failure(check.error());
  const auto found = check->row();
  if (!found) return base::failure(found.error());
  if (const std::string verdict = check->text(0); verdict != "ok") {
    return base::failure(DatabaseError{DatabaseFault::Damaged, verdict});
  }
  return {};
}

DatabaseResult<void> check_ownership(Database& database) {
  const auto tables = database.number("SELECT count(*) FROM sqlite_master");
  if (!tables) return base::failure(tables.error());
  if (*tables == 0) return {};
  const auto owner = database.number("PRAGMA application_id");
  if (!owner) return base::failure(owner.error());
  if (*owner != kApplicationId) {
    return base::failure(DatabaseError{DatabaseFault::Other, "is not a journal of ringmaster"});
  }
  const auto version = database.number("PRAGMA user_version");
  if (!version) return base::failure(version.error());
  if (*version > kTablesVersion) {
    return base::failure(DatabaseError{DatabaseFault::Other, "was made by a newer ringmaster"});
  }
  return {};
}

}  // namespace

JournalTables::JournalTables(std::unique_ptr<Database> database, SnapshotTable snapshots)
    : database_(std::move(database)), snapshots_(std::move(snapshots)) {}

DatabaseResult<JournalTables> JournalTables::open(Database database) {
  // NORMAL: a commit survives the death of the process at once and a power cut after the next
  // checkpoint (design.md §3). Debian's SQLite overwrites what is deleted, which would make the end
  // of a snapshot as costly as its beginning.
  const auto mode = database.execute(
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; "
      "PRAGMA secure_delete = OFF;");
  if (!mode) return base::failure(mode.error());
  if (const auto sound = check_structure(database); !sound) return base::failure(sound.error());
  if (const auto ours = check_ownership(database); !ours) return base::failure(ours.error());
  const auto version = database.number("PRAGMA user_version");
  if (!version) return base::failure(version.error());
  if (*version < kTablesVersion) {
    if (const auto made = database.execute(kTables); !made) return base::failure(made.error());
  }
  auto kept = std::make_unique<Database>(std::move(database));
  auto snapshots = SnapshotTable::open(*kept);
  if (!snapshots) return base::failure(snapshots.error());
  JournalTables tables(std::move(kept), std::move(*snapshots));
  if (const auto ready = tables.prepare(); !ready) return base::failure(ready.error());
  return tables;
}

DatabaseResult<void> JournalTables::prepare() {
  const std::pair<Statement*, std::string_view> all[] = {
      {&insert_record_, "INSERT INTO records VALUES(?, ?, ?, ?)"},
      {&insert_value_, "INSERT OR REPLACE INTO entries VALUES(?, ?)"},
      {&drop_records_,
       "DELETE FROM records WHERE number <= (SELECT min(number) FROM snapshots) "
       "AND number < (SELECT min(number) FROM records) + ?"},
  };
  for (const auto& [statement, sql] : all) {
    auto prepared = database_->prepare(sql);
    if (!prepared) return base::failure(prepared.error());
    *statement = std::move(*prepared);
  }
  return {};
}

// ---- reading -----------------------------------------------------------------------------------

DatabaseResult<Recovered> JournalTables::load() {
  Recovered out;
  if (const auto read = load_values(out); !read) return base::failure(read.error());
  auto snapshots = snapshots_.load(out.warnings);
  if (!snapshots) return base::failure(snapshots.error());
  if (!snapshots->empty()) out.snapshot = std::move(snapshots->at(0));
  if (snapshots->size() > 1) out.older_snapshot = std::move(snapshots->at(1));

  const std::uint64_t from = out.snapshot ? out.snapshot->number : 0;
  auto tail = load_run(from, kLastNumber, out.warnings);
  if (!tail) return base::failure(tail.error());
  out.tail = std::move(*tail);

  if (out.older_snapshot) {
    // A gap here is normal: it is what the newest snapshot closed after the disk had failed.
    std::vector<std::string> gaps;
    auto between = load_run(out.older_snapshot->number, from, gaps);
    if (!between) return base::failure(between.error());
    if (between->size() == from - out.older_snapshot->number) {
      out.between = std::move(*between);
    } else {
      out.older_snapshot.reset();
    }
  }
  return out;
}

DatabaseResult<std::vector<JournalRecord>> JournalTables::load_run(
    std::uint64_t after, std::uint64_t last, std::vector<std::string>& warnings) {
  std::vector<JournalRecord> run;
  auto rows =
      database_->prepare("SELECT * FROM records WHERE number > ? AND number <= ? ORDER BY number");
  if (!rows) return base::failure(rows.error());
  rows->bind(after).bind(last);
  while (true) {
    const auto more = rows->row();
    if (!more) return base::failure(more.error());
    if (!*more) return run;
    auto record = intact_record(*rows);
    const std::uint64_t expected = after + run.size() + 1;
    if (record && record->number == expected) {
      run.push_back(std::move(*record));
      continue;
    }
    warnings.push_back("record " + std::to_string(expected) +
                       (record ? " is missing" : " is damaged") +
                       "; it and what follows it is left out");
    return run;
  }
}

DatabaseResult<void> JournalTables::load_values(Recovered& out) {
  auto rows = database_->prepare("SELECT key, text FROM entries");
  if (!rows) return base::failure(rows.error());
  while (true) {
    const auto more = rows->row();
    if (!more) return base::failure(more.error());
    if (!*more) return {};
    out.values.emplace(rows->text(0), rows->text(1));
  }
}

// ---- writing -----------------------------------------------------------------------------------

DatabaseResult<void> JournalTables::cut_after(const Recovered& recovered) {
  auto records = database_->prepare("DELETE FROM records WHERE number > ?");
  if (!records) return base::failure(records.error());
  const auto cut = records->bind(recovered.last_number()).run();
  if (!cut) return base::failure(cut.error());
  return snapshots_.drop_damaged();
}

DatabaseResult<void> JournalTables::write(std::span<const JournalRecord> records,
                                          const std::map<std::string, std::string>& values) {
  auto written = write_inside(records, values);
  if (!written) database_->roll_back();
  return written;
}

DatabaseResult<void> JournalTables::write_inside(std::span<const JournalRecord> records,
                                                 const std::map<std::string, std::string>& values) {
  if (auto begun = database_->begin(); !begun) return begun;
  for (const JournalRecord& record : records) {
    auto put = insert_record_.bind(record.number)
                   .bind(record.instant_ms)
                   .bind(record.body)
                   .bind(checksum(record.number, record.instant_ms, record.body))
                   .run();
    if (!put) return put;
  }
  for (const auto& [key, text] : values) {
    auto put = insert_value_.bind(key).bind(text).run();
    if (!put) return put;
  }
  return database_->commit();
}

DatabaseResult<bool> JournalTables::prune() {
  if (const auto part = snapshots_.prune(); !part || *part) return part;
  auto two = database_->number("SELECT count(*) FROM snapshots");
  if (!two) return base::failure(two.error());
  // With a single snapshot nothing goes: should it prove unreadable, the records still tell all.
  if (*two < 2) return false;
  const auto first = database_->number("SELECT min(number) FROM records");
  if (!first) return base::failure(first.error());
  const auto dropped = drop_records_.bind(std::int64_t{kPruneAtOnce}).run();
  if (!dropped) return base::failure(dropped.error());
  const auto now_first = database_->number("SELECT min(number) FROM records");
  if (!now_first) return base::failure(now_first.error());
  return *now_first != *first;
}

}  // namespace store
