// The tables that outside programs read: names, columns, types and order are the original's
// (spec/01 §2–4) for agents, tiers and members, ours for calls and offers (docs/schema.md).
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/sql_connection.h"

namespace store {

struct SqlColumn {
  std::string_view name;
  std::string_view type;  // As CREATE TABLE has it.
  SqlKind kind = SqlKind::Text;
  std::size_t length = 0;  // Of texts, in characters; of numbers, in bits.
};

struct SqlIndex {
  std::string_view name;
  std::string_view columns;  // Separated by commas.
};

struct SqlTable {
  std::string_view name;
  std::span<const SqlColumn> columns;
  std::vector<std::size_t> key;  // Columns that name a row.
  SqlIndex index;                // Without it a change to one of 10,000 rows reads them all.

  std::string create() const;
  // SELECT of all columns, without a condition.
  SqlStatement select() const;
  SqlStatement insert() const;
  // The key's values come last.
  SqlStatement update() const;
  SqlStatement erase() const;
  SqlRow key_of(const SqlRow& row) const;
  // The row as the columns take it: texts well-formed, without NUL and not longer than the column,
  // numbers within its bits. A database that refuses one row would hold up all that follow.
  SqlRow fitting(SqlRow row) const;
};

const SqlTable& agents_table();
const SqlTable& tiers_table();
const SqlTable& members_table();
const SqlTable& calls_table();
const SqlTable& offers_table();

// Makes the table, or what an older one lacks: the column that was called `system`, and new ones.
base::Result<void> make_table(SqlConnection& database, const SqlTable& table);

}  // namespace store
