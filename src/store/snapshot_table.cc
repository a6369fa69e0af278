#include "store/snapshot_table.h"

#include <utility>

#include "base/check.h"

namespace store {

std::uint64_t checksum(std::uint64_t number, std::int64_t instant_ms, std::string_view body) {
  std::uint64_t hash = 0xcbf29ce484222325u;
  const auto mix = [&hash](unsigned char byte) { hash = (hash ^ byte) * 0x100000001b3u; };
  const auto instant = static_cast<std::uint64_t>(instant_ms);
  for (int shift = 0; shift < 64; shift += 8) {
    mix(static_cast<unsigned char>(number >> shift));
    mix(static_cast<unsigned char>(instant >> shift));
  }
  for (const char c : body) mix(static_cast<unsigned char>(c));
  return hash;
}

DatabaseResult<SnapshotTable> SnapshotTable::open(Database& database) {
  SnapshotTable table(database);
  // Parts of a snapshot that never got finished still have their id.
  const auto last = database.number(
      "SELECT max(coalesce((SELECT max(id) FROM snapshots), 0),"
      " coalesce((SELECT max(snapshot) FROM snapshot_parts), 0))");
  if (!last) return base::failure(last.error());
  table.next_id_ = *last + 1;
  if (const auto ready = table.prepare(); !ready) return base::failure(ready.error());
  return table;
}

DatabaseResult<void> SnapshotTable::prepare() {
  const std::pair<Statement*, std::string_view> all[] = {
      {&insert_part_, "INSERT INTO snapshot_parts VALUES(?, ?, ?)"},
      {&insert_snapshot_, "INSERT INTO snapshots VALUES(?, ?, ?, ?)"},
      {&drop_old_,
       "DELETE FROM snapshots WHERE id NOT IN (SELECT id FROM snapshots ORDER BY id DESC LIMIT 2)"},
      {&drop_part_,
       "DELETE FROM snapshot_parts WHERE rowid = (SELECT rowid FROM snapshot_parts WHERE "
       "snapshot <> ? AND snapshot NOT IN (SELECT id FROM snapshots) LIMIT 1) RETURNING part"},
  };
  for (const auto& [statement, sql] : all) {
    auto prepared = database_->prepare(sql);
    if (!prepared) return base::failure(prepared.error());
    *statement = std::move(*prepared);
  }
  return {};
}

// ---- reading -----------------------------------------------------------------------------------

DatabaseResult<std::vector<Snapshot>> SnapshotTable::load(std::vector<std::string>& warnings) {
  auto found = rows();
  if (!found) return base::failure(found.error());
  auto parts =
      database_->prepare("SELECT body FROM snapshot_parts WHERE snapshot = ? ORDER BY part");
  if (!parts) return base::failure(parts.error());
  std::vector<Snapshot> out;
  for (Row& row : *found) {
    parts->bind(row.id);
    while (true) {
      const auto more = parts->row();
      if (!more) return base::failure(more.error());
      if (!*more) break;
      row.snapshot.body += parts->text(0);
    }
    const Snapshot& snapshot = row.snapshot;
    if (checksum(snapshot.number, snapshot.instant_ms, snapshot.body) == row.checksum) {
      out.push_back(std::move(row.snapshot));
    } else {
      damaged_.push_back(row.id);
      warnings.push_back("snapshot " + std::to_string(snapshot.number) +
                         " is damaged and is left out");
    }
  }
  return out;
}

DatabaseResult<std::vector<SnapshotTable::Row>> SnapshotTable::rows() {
  auto statement =
      database_->prepare("SELECT id, number, instant_ms, checksum FROM snapshots ORDER BY id DESC");
  if (!statement) return base::failure(statement.error());
  std::vector<Row> out;
  while (true) {
    const auto more = statement->row();
    if (!more) return base::failure(more.error());
    if (!*more) return out;
    out.push_back({.id = statement->integer(0),
                   .snapshot = {.number = static_cast<std::uint64_t>(statement->integer(1)),
                                .instant_ms = statement->integer(2),
                                .body = {}},
                   .checksum = static_cast<std::uint64_t>(statement->integer(3))});
  }
}

DatabaseResult<void> SnapshotTable::drop_damaged() {
  auto drop = database_->prepare("DELETE FROM snapshots WHERE id = ?");
  if (!drop) return base::failure(drop.error());
  for (const std::int64_t id : damaged_) {
    if (auto dropped = drop->bind(id).run(); !dropped) return dropped;
  }
  damaged_.clear();
  return {};
}

// ---- writing -----------------------------------------------------------------------------------

void SnapshotTable::begin(Snapshot snapshot) {
  CHECK(!writing_);
  current_ = std::move(snapshot);
  written_ = 0;
  writing_ = true;
}

void SnapshotTable::abandon() {
  if (!std::exchange(writing_, false)) return;
  // Its parts keep their id until they are pruned.
  ++next_id_;
  current_.body = {};
}

DatabaseResult<bool> SnapshotTable::write_part() {
  auto last = write_part_inside();
  if (!last) database_->roll_back();
  if (!last || *last) abandon();
  return last;
}

DatabaseResult<bool> SnapshotTable::write_part_inside() {
  if (auto begun = database_->begin(); !begun) return base::failure(begun.error());
  const std::size_t at = written_ * kPartBytes;
  const std::string_view body = std::string_view(current_.body).substr(at, kPartBytes);
  auto put = insert_part_.bind(next_id_).bind(std::uint64_t{written_}).bind(body).run();
  if (!put) return base::failure(put.error());
  const bool last = at + body.size() == current_.body.size();
  if (last) {
    put = insert_snapshot_.bind(next_id_)
              .bind(current_.number)
              .bind(current_.instant_ms)
              .bind(checksum(current_.number, current_.instant_ms, current_.body))
              .run();
    if (!put) return base::failure(put.error());
    if (auto dropped = drop_old_.run(); !dropped) return base::failure(dropped.error());
  }
  if (auto done = database_->commit(); !done) return base::failure(done.error());
  ++written_;
  return last;
}

DatabaseResult<bool> SnapshotTable::prune() {
  const auto dropped = drop_part_.bind(writing_ ? next_id_ : -1).row();
  if (!dropped) return base::failure(dropped.error());
  if (*dropped) {
    if (auto done = drop_part_.run(); !done) return base::failure(done.error());
  }
  return *dropped;
}

}  // namespace store
