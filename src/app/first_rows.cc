#include "app/first_rows.h"

#include <string>
#include <utility>

#include "app/database_import.h"
#include "base/log.h"

namespace app {

std::optional<TableThread::Options> table_options(const core::Configuration& configuration,
                                                  const std::filesystem::path& data) {
  const auto db_dir = configuration.globals.find("db_dir");
  auto target = store::parse_sql_target(
      {.odbc_dsn = configuration.call_center.odbc_dsn,
       .dbname = configuration.call_center.dbname,
       .db_dir = db_dir != configuration.globals.end() ? db_dir->second : (data / "db").string()});
  if (!target) {
    base::log_error("{}; there are no tables, and call records wait in {}", target.error(),
                    (data / "outbox.db").string());
    return std::nullopt;
  }
  return TableThread::Options{.target = std::move(*target),
                              .outbox = (data / "outbox.db").string(),
                              .settings = configuration.call_center};
}

std::optional<core::RowsImported> first_rows(const TableThread::Options& options) {
  auto facts = store::RecordOutbox::open(options.outbox, store::RecordOutbox::Writes::Confirmed);
  if (facts) note_import_due(*facts);
  auto database = store::SqlConnection::open(options.target);
  if (!database) return std::nullopt;  // The thread of the tables says so.
  auto rows = read_rows(**database, options.settings);
  if (!rows) return std::nullopt;
  return core::RowsImported{std::move(*rows)};
}

void first_rows_taken(const TableThread::Options& options) {
  auto facts = store::RecordOutbox::open(options.outbox, store::RecordOutbox::Writes::Confirmed);
  if (facts) note_import_done(*facts);
}

}  // namespace app
