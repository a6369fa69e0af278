#include "store/sql_target.h"

#include <string_view>

#include "base/text.h"

namespace store {
namespace {

// A server that does not answer is given up, so that the thread can say so. libpq takes the last of
// two equal words: the operator's own win.
constexpr std::string_view kPatience =
    "connect_timeout=5 tcp_user_timeout=10000 keepalives_idle=10 keepalives_interval=5 "
    "keepalives_count=3 client_encoding=UTF8 application_name=ringmaster ";

constexpr std::string_view kHidden = "***";

void replace_all(std::string& text, const std::string& what, std::string_view with) {
  if (what.empty()) return;
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
}

// A value of an ODBC connection string (ODBC reference, SQLDriverConnect). Braces only where they
// are needed: not every driver takes them away.
std::string braced(const std::string& value) {
  if (value.find_first_of(";{}") == std::string::npos && base::trim(value) == value) return value;
  std::string out = "{";
  for (const char c : value) {
    out += c;
    if (c == '}') out += '}';
  }
  return out + "}";
}

SqlTarget odbc(const std::string& text) {
  const auto user_at = text.find(':');
  const auto password_at =
      user_at == std::string::npos ? std::string::npos : text.find(':', user_at + 1);
  SqlTarget target{.backend = SqlTarget::Backend::Odbc};
  target.connect = "DSN=" + text.substr(0, user_at);
  if (user_at != std::string::npos) {
    const auto length =
        password_at == std::string::npos ? std::string::npos : password_at - user_at - 1;
    const std::string user = text.substr(user_at + 1, length);
    if (!user.empty()) target.connect += ";UID=" + braced(user);
  }
  if (password_at != std::string::npos) target.password = text.substr(password_at + 1);
  if (!target.password.empty()) target.connect += ";PWD=" + braced(target.password);
  return target;
}

// The value of password= in libpq's `word=value` or `word='value'`, with \ before ' and \.
std::string conninfo_password(std::string_view text) {
  const std::string lower = base::to_lower(text);
  auto at = lower.rfind("password");
  if (at == std::string::npos) return {};
  at = text.find_first_not_of(" \t", at + std::string_view("password").size());
  if (at == std::string_view::npos || text[at] != '=') return {};
  at = text.find_first_not_of(" \t", at + 1);
  if (at == std::string_view::npos) return {};
  const bool is_quoted = text[at] == '\'';
  const std::string_view value = text.substr(is_quoted ? at + 1 : at);
  std::size_t end = 0;
  while (end < value.size() && (is_quoted ? value[end] != '\'' : value[end] != ' ')) {
    end += value[end] == '\\' ? 2 : 1;
  }
  return std::string(value.substr(0, end));
}

// The password of scheme://user:password@host….
std::string uri_password(std::string_view text) {
  const auto begin = text.find("://") + 3;
  const auto at = text.find('@', begin);
  const auto colon = text.find(':', begin);
  if (at == std::string_view::npos || colon == std::string_view::npos || colon > at) {
    return conninfo_password(text);
  }
  return std::string(text.substr(colon + 1, at - colon - 1));
}

SqlTarget postgresql(std::string_view conninfo) {
  SqlTarget target{.backend = SqlTarget::Backend::Postgresql};
  target.connect = std::string(kPatience) + std::string(conninfo);
  target.password = conninfo_password(conninfo);
  return target;
}

SqlTarget postgresql_uri(const std::string& uri) {
  SqlTarget target{.backend = SqlTarget::Backend::Postgresql};
  target.connect = uri;
  target.password = uri_password(uri);
  return target;
}

SqlTarget sqlite(std::string path) {
  // Named memory belongs to one process in the original too: nobody else could read it.
  if (path.starts_with("memory://")) path = ":memory:";
  return {.backend = SqlTarget::Backend::Sqlite, .connect = std::move(path)};
}

base::Result<SqlTarget> parse(const std::string& text, const SqlSettings& settings) {
  const auto scheme_end = text.find("://");
  if (scheme_end != std::string::npos) {
    const std::string scheme = base::to_lower(text.substr(0, scheme_end));
    const std::string rest = text.substr(scheme_end + 3);
    if (rest.empty()) return base::failure("nothing stands behind " + scheme + "://");
    if (scheme == "pgsql") return postgresql(rest);
    if (scheme == "postgresql" || scheme == "postgres") return postgresql_uri(text);
    if (scheme == "odbc") return odbc(rest);
    if (scheme == "sqlite") return sqlite(rest);
    return base::failure("there is no driver for " + scheme +
                         "://; expected pgsql://, postgresql://, odbc:// or sqlite://");
  }
  if (!settings.odbc_dsn.empty()) return odbc(text);
  if (std::filesystem::path(text).is_absolute()) return sqlite(text);
  return sqlite((settings.db_dir / (text + ".db")).string());
}

}  // namespace

std::string SqlTarget::hide(std::string text) const {
  replace_all(text, password, kHidden);
  return text;
}

base::Result<SqlTarget> parse_sql_target(const SqlSettings& settings) {
  const bool is_dsn = !settings.odbc_dsn.empty();
  const std::string& text = is_dsn ? settings.odbc_dsn : settings.dbname;
  const std::string setting = is_dsn ? "odbc-dsn" : "dbname";
  if (text.empty()) return base::failure(setting + " is empty");
  auto target = parse(text, settings);
  if (!target) return base::failure(setting + ": " + target.error());
  target->setting = setting;
  target->shown =
      target->hide(target->backend == SqlTarget::Backend::Sqlite ? target->connect : text);
  return target;
}

}  // namespace store
