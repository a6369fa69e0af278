#include "store/sql_connection.h"

#include <soci/odbc/soci-odbc.h>
#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <cstddef>
#include <filesystem>
#include <map>
#include <utility>

#include "base/check.h"
#include "base/text.h"
#include "store/journal_files.h"

namespace store {
namespace {

// Longest wait for somebody else who writes to the same SQLite file, in seconds.
constexpr const char* kSqliteTimeout = " timeout=2";
// Of unixODBC's sql.h: never ask a person for what the connection string lacks.
constexpr const char* kNoPrompt = "0";

soci::connection_parameters parameters_of(const SqlTarget& target) {
  switch (target.backend) {
    case SqlTarget::Backend::Postgresql:
      return {soci::postgresql, target.connect};
    case SqlTarget::Backend::Odbc: {
      soci::connection_parameters parameters(soci::odbc, target.connect);
      parameters.set_option(soci::odbc_option_driver_complete, kNoPrompt);
      return parameters;
    }
    case SqlTarget::Backend::Sqlite:
      break;
  }
  return {soci::sqlite3, "db=\"" + target.connect + "\"" + kSqliteTimeout};
}

// The driver's words alone: SOCI would add the statement with its values, which name callers.
std::string words_of(const std::exception& error) {
  const auto* known = dynamic_cast<const soci::soci_error*>(&error);
  std::string text = known != nullptr ? known->get_error_message() : error.what();
  for (char& c : text) {
    if (c == '\n' || c == '\r') c = ' ';
  }
  return std::string(base::trim(text));
}

// The folder, and the file with a mode for its owner only; one that is there keeps its mode.
base::Result<void> make_file(const std::string& path) {
  std::error_code error;
  if (path == ":memory:" || std::filesystem::exists(path, error)) return {};
  return make_private_file(path);
}

// A statement with room for its values, which stay where they were bound.
struct Prepared {
  explicit Prepared(soci::session& session) : statement(session) {}

  std::vector<std::string> texts;
  std::vector<long long> numbers;
  std::vector<soci::indicator> indicators;
  soci::statement statement;
};

}  // namespace

struct SqlConnection::Session {
  explicit Session(const SqlTarget& where) : target(where), sql(parameters_of(where)) {}

  template <class Step>
  auto guarded(Step step) -> base::Result<decltype(step())> {
    try {
      if constexpr (std::is_void_v<decltype(step())>) {
        step();
        return {};
      } else {
        return step();
      }
    } catch (const std::exception& error) {
      prepared.clear();
      return base::failure(target.hide(words_of(error)));
    }
  }

  Prepared& prepare(const SqlStatement& wanted);

  const SqlTarget target;
  soci::session sql;
  std::map<std::string, std::unique_ptr<Prepared>> prepared;
};

Prepared& SqlConnection::Session::prepare(const SqlStatement& wanted) {
  std::unique_ptr<Prepared>& known = prepared[wanted.text];
  if (known != nullptr) return *known;
  auto made = std::make_unique<Prepared>(sql);
  const std::size_t count = wanted.kinds.size();
  made->texts.resize(count);
  made->numbers.resize(count);
  made->indicators.resize(count, soci::i_ok);
  for (std::size_t i = 0; i < count; ++i) {
    if (wanted.kinds[i] == SqlKind::Text) {
      made->statement.exchange(soci::use(made->texts[i], made->indicators[i]));
    } else {
      made->statement.exchange(soci::use(made->numbers[i], made->indicators[i]));
    }
  }
  made->statement.alloc();
  made->statement.prepare(wanted.text);
  made->statement.define_and_bind();
  known = std::move(made);
  return *known;
}

SqlConnection::SqlConnection(std::unique_ptr<Session> session) : session_(std::move(session)) {}
SqlConnection::~SqlConnection() = default;

base::Result<std::unique_ptr<SqlConnection>> SqlConnection::open(const SqlTarget& target) {
  if (target.backend == SqlTarget::Backend::Sqlite) {
    if (const auto made = make_file(target.connect); !made) return base::failure(made.error());
  }
  try {
    std::unique_ptr<SqlConnection> opened(new SqlConnection(std::make_unique<Session>(target)));
    if (target.backend == SqlTarget::Backend::Sqlite) {
      // Reports read while we write.
      opened->session_->sql << "PRAGMA journal_mode=WAL";
      opened->session_->sql << "PRAGMA synchronous=NORMAL";
    }
    return opened;
  } catch (const std::exception& error) {
    return base::failure(target.hide(words_of(error)));
  }
}

base::Result<void> SqlConnection::execute(const std::string& sql) {
  return session_->guarded([&] { session_->sql << sql; });
}

base::Result<void> SqlConnection::run(const SqlStatement& statement, const SqlRow& values) {
  CHECK(values.size() == statement.kinds.size());
  return session_->guarded([&] {
    Prepared& prepared = session_->prepare(statement);
    for (std::size_t i = 0; i < values.size(); ++i) {
      prepared.indicators[i] = values[i] ? soci::i_ok : soci::i_null;
      const std::string value = values[i].value_or("");
      if (statement.kinds[i] == SqlKind::Text) {
        prepared.texts[i] = value;
      } else {
        prepared.numbers[i] = base::lenient_integer(value);
      }
    }
    prepared.statement.execute(true);
  });
}

base::Result<std::vector<SqlRow>> SqlConnection::select(const SqlStatement& wanted) {
  return session_->guarded([&] {
    Prepared into(session_->sql);
    const std::size_t count = wanted.kinds.size();
    into.texts.resize(count);
    into.numbers.resize(count);
    into.indicators.resize(count, soci::i_ok);
    for (std::size_t i = 0; i < count; ++i) {
      if (wanted.kinds[i] == SqlKind::Text) {
        into.statement.exchange(soci::into(into.texts[i], into.indicators[i]));
      } else {
        into.statement.exchange(soci::into(into.numbers[i], into.indicators[i]));
      }
    }
    into.statement.alloc();
    into.statement.prepare(wanted.text);
    into.statement.define_and_bind();
    into.statement.execute();
    std::vector<SqlRow> rows;
    while (into.statement.fetch()) {
      SqlRow row(count);
      for (std::size_t i = 0; i < count; ++i) {
        if (into.indicators[i] == soci::i_null) continue;
        row[i] = wanted.kinds[i] == SqlKind::Text ? into.texts[i] : std::to_string(into.numbers[i]);
      }
      rows.push_back(std::move(row));
    }
    return rows;
  });
}

base::Result<bool> SqlConnection::has_index(std::string_view name) {
  const bool is_file = session_->target.backend == SqlTarget::Backend::Sqlite;
  const std::string list =
      is_file ? "sqlite_master WHERE type = 'index' AND name" : "pg_indexes WHERE indexname";
  const auto found =
      select({.text = "SELECT COUNT(*) FROM " + list + " = '" + std::string(name) + "'",
              .kinds = {SqlKind::Integer}});
  if (!found) return base::failure(found.error());
  return found->at(0).at(0) != "0";
}

base::Result<void> SqlConnection::begin() {
  return session_->guarded([&] { session_->sql.begin(); });
}

base::Result<void> SqlConnection::commit() {
  return session_->guarded([&] { session_->sql.commit(); });
}

void SqlConnection::roll_back() {
  // Outside a transaction it fails, and nothing is to be done.
  static_cast<void>(session_->guarded([&] { session_->sql.rollback(); }));
}

bool SqlConnection::is_lost() {
  return !select({.text = "SELECT 1", .kinds = {SqlKind::Integer}});
}

}  // namespace store
