// Which database the settings odbc-dsn and dbname mean (spec/02 §1). Pure text.
//
//   odbc-dsn   dsn:user:pass                  an ODBC data source
//              odbc://dsn:user:pass           the same
//              pgsql://host=… dbname=…        PostgreSQL, what follows is libpq's; postgresql://…
//              too sqlite:///path                 a SQLite file
//   dbname     callcenter                     SQLite, DB_DIR/callcenter.db
//              /var/lib/some.db               SQLite, this file
//              a text with :// as above
#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"

namespace store {

struct SqlSettings {
  std::string odbc_dsn;  // Wins when it is not empty.
  std::string dbname;
  std::filesystem::path db_dir;
};

struct SqlTarget {
  enum class Backend { Sqlite, Postgresql, Odbc } backend = Backend::Sqlite;
  std::string connect = {};   // For the driver, secrets included: a file for SQLite.
  std::string password = {};  // Whatever in `connect` must not be told; empty: nothing.
  std::string setting = {};   // "odbc-dsn" or "dbname": where the operator finds it.
  std::string shown = {};     // For logs: as written, without the password.

  // A driver's message without the password.
  std::string hide(std::string text) const;
};

// Returns: what is wrong with the setting, naming it.
base::Result<SqlTarget> parse_sql_target(const SqlSettings& settings);

}  // namespace store
