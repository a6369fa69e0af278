// One connection to an SQL database, whichever it is: SQLite, PostgreSQL or ODBC behind one face.
//
// Statements name their values :p1, :p2 …; each text of a statement is prepared once. Errors are
// values and hold no password. Every call may wait for the database. Belongs to one thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/result.h"
#include "store/sql_target.h"

namespace store {

enum class SqlKind { Text, Integer };

// One value per column; nullopt is NULL. Numbers are texts too, so that rows compare.
using SqlRow = std::vector<std::optional<std::string>>;

struct SqlStatement {
  std::string text;
  std::vector<SqlKind> kinds;  // Of the values, or of the columns that it selects.
};

class SqlConnection {
 public:
  // Makes a SQLite file, and its folder, when there is none.
  static base::Result<std::unique_ptr<SqlConnection>> open(const SqlTarget& target);
  ~SqlConnection();
  SqlConnection(const SqlConnection&) = delete;
  SqlConnection& operator=(const SqlConnection&) = delete;

  base::Result<void> execute(const std::string& sql);
  // Requires: `values` are as many as the statement's kinds. A number that is none counts as 0.
  base::Result<void> run(const SqlStatement& statement, const SqlRow& values);
  // Without values.
  base::Result<std::vector<SqlRow>> select(const SqlStatement& statement);

  // Fails where the database does not say (over ODBC only PostgreSQL does).
  base::Result<bool> has_index(std::string_view name);

  base::Result<void> begin();
  base::Result<void> commit();
  // Whatever happened before, the connection is outside a transaction, or it is_lost().
  void roll_back();
  // Asks the database: false when it answers.
  bool is_lost();

 private:
  struct Session;
  explicit SqlConnection(std::unique_ptr<Session> session);

  std::unique_ptr<Session> session_;
};

}  // namespace store
