// Keeps the rows of one table of a database equal to rows that it is given, by writing the
// differences.
//
// It remembers what the database holds, as far as it knows: after a failure, or when it comes back,
// look() reads that anew, and the next write() mends whatever differs. Rows of other owners are
// left alone. Belongs to one thread.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "base/result.h"
#include "store/sql_connection.h"
#include "store/sql_schema.h"

namespace store {

class SqlCopy {
 public:
  // `owner`: the column whose value tells whose a row is; without one all rows are ours.
  SqlCopy(const SqlTable& table, std::optional<std::size_t> owner) : table_(table), owner_(owner) {}

  // Whose rows are ours, from the next look() on.
  void own(const std::string& name) { name_ = name; }

  void put(const SqlRow& row);
  void remove(const SqlRow& key);
  // All are to go, except those that are put afterwards.
  void clear();

  // Makes the table if need be and reads what it holds.
  base::Result<void> look(SqlConnection& database);
  bool is_up_to_date() const { return changed_.empty(); }

  // Writes what differs. Returns: how many rows. After a failure look() comes first.
  base::Result<std::size_t> write(SqlConnection& database);

  // The same, each row by itself: one that the database refuses is given up until it changes.
  struct Refused {
    std::size_t rows = 0;
    std::string why;  // Of the last one.
  };
  // Returns: a failure when the database is lost, or takes nothing at all (its disk is full, say).
  base::Result<Refused> write_each(SqlConnection& database);

 private:
  bool differs(const SqlRow& key) const;
  base::Result<void> write_row(SqlConnection& database, const SqlRow& key);
  void note_written(const SqlRow& key);

  const SqlTable& table_;
  const std::optional<std::size_t> owner_;
  std::string name_;
  std::map<SqlRow, SqlRow> wanted_;
  std::map<SqlRow, SqlRow> there_;
  std::set<SqlRow> twice_;    // Keys of several rows there: the tables have no constraints.
  std::set<SqlRow> changed_;  // Keys of which the two may differ.
};

}  // namespace store
