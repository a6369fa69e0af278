#include "store/sql_copy.h"

#include <utility>

namespace store {

void SqlCopy::put(const SqlRow& row) {
  SqlRow fits = table_.fitting(row);
  SqlRow key = table_.key_of(fits);
  SqlRow& wanted = wanted_[key];
  if (wanted == fits) return;
  wanted = std::move(fits);
  changed_.insert(std::move(key));
}

void SqlCopy::remove(const SqlRow& key) {
  if (wanted_.erase(key) > 0) changed_.insert(key);
}

void SqlCopy::clear() {
  for (const auto& [key, row] : wanted_) changed_.insert(key);
  wanted_.clear();
}

base::Result<void> SqlCopy::look(SqlConnection& database) {
  if (auto made = make_table(database, table_); !made) return made;
  auto rows = database.select(table_.select());
  if (!rows) return base::failure(rows.error());
  there_.clear();
  twice_.clear();
  changed_.clear();
  for (SqlRow& row : *rows) {
    if (owner_ && row[*owner_] != name_) continue;
    const SqlRow key = table_.key_of(row);
    if (!there_.emplace(key, std::move(row)).second) twice_.insert(key);
    changed_.insert(key);
  }
  for (const auto& [key, row] : wanted_) changed_.insert(key);
  return {};
}

bool SqlCopy::differs(const SqlRow& key) const {
  const auto wanted = wanted_.find(key);
  const auto there = there_.find(key);
  if (twice_.contains(key) || (wanted == wanted_.end()) != (there == there_.end())) return true;
  return wanted != wanted_.end() && wanted->second != there->second;
}

base::Result<void> SqlCopy::write_row(SqlConnection& database, const SqlRow& key) {
  if (!differs(key)) return {};
  const auto wanted = wanted_.find(key);
  const auto there = there_.find(key);
  if (wanted != wanted_.end() && there != there_.end() && !twice_.contains(key)) {
    SqlRow values = wanted->second;
    values.insert(values.end(), key.begin(), key.end());
    return database.run(table_.update(), values);
  }
  if (there != there_.end()) {
    if (auto gone = database.run(table_.erase(), key); !gone) return gone;
  }
  if (wanted == wanted_.end()) return {};
  return database.run(table_.insert(), wanted->second);
}

void SqlCopy::note_written(const SqlRow& key) {
  const auto wanted = wanted_.find(key);
  if (wanted == wanted_.end()) {
    there_.erase(key);
  } else {
    there_[key] = wanted->second;
  }
  twice_.erase(key);
}

base::Result<std::size_t> SqlCopy::write(SqlConnection& database) {
  const std::size_t count = changed_.size();
  for (const SqlRow& key : changed_) {
    if (auto written = write_row(database, key); !written) return base::failure(written.error());
    note_written(key);
  }
  changed_.clear();
  return count;
}

base::Result<SqlCopy::Refused> SqlCopy::write_each(SqlConnection& database) {
  Refused refused;
  std::size_t tried = 0;
  for (const SqlRow& key : changed_) {
    if (differs(key)) ++tried;
    if (auto written = write_row(database, key); !written) {
      if (database.is_lost()) return base::failure(written.error());
      ++refused.rows;
      refused.why = written.error();
    }
    note_written(key);
  }
  if (refused.rows > 0 && refused.rows == tried) return base::failure(refused.why);
  changed_.clear();
  return refused;
}

}  // namespace store
