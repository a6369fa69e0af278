#include "store/sql_schema.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <utility>

#include "base/text.h"
#include "base/utf8.h"

namespace store {
namespace {

constexpr SqlColumn text(std::string_view name) {
  return {name, "VARCHAR(255)", SqlKind::Text, 255};
}
constexpr SqlColumn text_or_empty(std::string_view name) {
  return {name, "VARCHAR(255) NOT NULL DEFAULT ''", SqlKind::Text, 255};
}
constexpr SqlColumn number(std::string_view name) {
  return {name, "INTEGER NOT NULL DEFAULT 0", SqlKind::Integer, 32};
}
constexpr SqlColumn one(std::string_view name) {
  return {name, "INTEGER NOT NULL DEFAULT 1", SqlKind::Integer, 32};
}
// Unix milliseconds, or a span of them.
constexpr SqlColumn ms(std::string_view name) {
  return {name, "BIGINT", SqlKind::Integer, 64};
}
constexpr SqlColumn uuid_key(std::string_view name) {
  return {name, "VARCHAR(64) NOT NULL PRIMARY KEY", SqlKind::Text, 64};
}

constexpr std::array kAgents = {text("name"),
                                text("instance_id"),
                                text("uuid"),
                                text("type"),
                                SqlColumn{"contact", "VARCHAR(1024)", SqlKind::Text, 1024},
                                text("status"),
                                text("state"),
                                number("max_no_answer"),
                                number("wrap_up_time"),
                                number("reject_delay_time"),
                                number("busy_delay_time"),
                                number("no_answer_delay_time"),
                                number("last_bridge_start"),
                                number("last_bridge_end"),
                                number("last_offered_call"),
                                number("last_status_change"),
                                number("no_answer_count"),
                                number("calls_answered"),
                                number("talk_time"),
                                number("ready_time"),
                                number("external_calls_count")};

constexpr std::array kTiers = {text("queue"), text("agent"), text("state"), one("level"),
                               one("position")};

constexpr std::array kMembers = {text("queue"),
                                 text("instance_id"),
                                 text_or_empty("uuid"),
                                 text_or_empty("session_uuid"),
                                 text("cid_number"),
                                 text("cid_name"),
                                 number("system_epoch"),
                                 number("joined_epoch"),
                                 number("rejoined_epoch"),
                                 number("bridge_epoch"),
                                 number("abandoned_epoch"),
                                 number("base_score"),
                                 number("skill_score"),
                                 text("serving_agent"),
                                 text("serving_system"),
                                 text("state")};

constexpr std::array kCalls = {
    uuid_key("uuid"),   text("instance_id"), text("queue"),         text("session_uuid"),
    text("cid_number"), text("cid_name"),    text("dnis"),          ms("answered_ms"),
    ms("joined_ms"),    ms("rejoined_ms"),   ms("bridged_ms"),      ms("left_ms"),
    ms("wait_ms"),      ms("talk_ms"),       ms("base_score"),      text("agent"),
    text("agent_uuid"), text("cause"),       text("cancel_reason"), text("hangup_cause")};

constexpr std::array kOffers = {uuid_key("uuid"),   text("call_uuid"),    text("instance_id"),
                                text("queue"),      text("session_uuid"), text("agent"),
                                text("agent_type"), text("agent_uuid"),   ms("joined_ms"),
                                ms("called_ms"),    ms("answered_ms"),    ms("bridged_ms"),
                                ms("ended_ms"),     ms("ring_ms"),        ms("talk_ms"),
                                text("outcome"),    text("hangup_cause")};

std::string joined_names(std::span<const SqlColumn> columns) {
  std::string names;
  for (const SqlColumn& column : columns) {
    if (!names.empty()) names += ", ";
    names += column.name;
  }
  return names;
}

std::string parameter(std::size_t number) {
  return ":p" + std::to_string(number);
}

// " WHERE a = :p4 AND b = :p5"; the numbers go on after `count`.
std::string where_key(const SqlTable& table, std::size_t count, std::vector<SqlKind>& kinds) {
  std::string text;
  for (const std::size_t at : table.key) {
    text += text.empty() ? " WHERE " : " AND ";
    text += std::string(table.columns[at].name) + " = " + parameter(++count);
    kinds.push_back(table.columns[at].kind);
  }
  return text;
}

// At most `length` characters of well-formed text, without NUL: PostgreSQL takes no other.
std::string fitting_text(const std::string& value, std::size_t length) {
  std::string text = base::well_formed(value);
  std::replace(text.begin(), text.end(), '\0', ' ');
  std::size_t characters = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool begins = (static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U;
    if (begins && ++characters > length) return text.substr(0, i);
  }
  return text;
}

std::string fitting_number(const std::string& value, std::size_t bits) {
  if (bits > 32) return std::to_string(base::lenient_integer(value));
  constexpr std::int64_t kLeast = std::numeric_limits<std::int32_t>::min();
  constexpr std::int64_t kMost = std::numeric_limits<std::int32_t>::max();
  return std::to_string(std::clamp(base::lenient_integer(value), kLeast, kMost));
}

bool has_column(SqlConnection& database, const SqlTable& table, const SqlColumn& column) {
  const std::string text =
      "SELECT " + std::string(column.name) + " FROM " + std::string(table.name) + " WHERE 1 = 0";
  return database.select({.text = text, .kinds = {column.kind}}).has_value();
}

}  // namespace

std::string SqlTable::create() const {
  std::string text = "CREATE TABLE " + std::string(name) + " (";
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (i > 0) text += ", ";
    text += std::string(columns[i].name) + " " + std::string(columns[i].type);
  }
  return text + ")";
}

SqlStatement SqlTable::select() const {
  SqlStatement statement{.text = "SELECT " + joined_names(columns) + " FROM " + std::string(name),
                         .kinds = {}};
  for (const SqlColumn& column : columns) statement.kinds.push_back(column.kind);
  return statement;
}

SqlStatement SqlTable::insert() const {
  SqlStatement statement = select();
  std::string values;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    values += (i > 0 ? ", " : "") + parameter(i + 1);
  }
  statement.text = "INSERT INTO " + std::string(name) + " (" + joined_names(columns) +
                   ") VALUES (" + values + ")";
  return statement;
}

SqlStatement SqlTable::update() const {
  SqlStatement statement = select();
  std::string values;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    values += (i > 0 ? ", " : "") + std::string(columns[i].name) + " = " + parameter(i + 1);
  }
  statement.text = "UPDATE " + std::string(name) + " SET " + values;
  statement.text += where_key(*this, columns.size(), statement.kinds);
  return statement;
}

SqlStatement SqlTable::erase() const {
  SqlStatement statement;
  statement.text = "DELETE FROM " + std::string(name) + where_key(*this, 0, statement.kinds);
  return statement;
}

SqlRow SqlTable::key_of(const SqlRow& row) const {
  SqlRow values;
  for (const std::size_t at : key) values.push_back(row[at]);
  return values;
}

SqlRow SqlTable::fitting(SqlRow row) const {
  row.resize(columns.size());
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (!row[i]) continue;
    row[i] = columns[i].kind == SqlKind::Text ? fitting_text(*row[i], columns[i].length)
                                              : fitting_number(*row[i], columns[i].length);
  }
  return row;
}

const SqlTable& agents_table() {
  static const SqlTable table{
      .name = "agents", .columns = kAgents, .key = {0}, .index = {"agents_name", "name"}};
  return table;
}

const SqlTable& tiers_table() {
  static const SqlTable table{
      .name = "tiers", .columns = kTiers, .key = {0, 1}, .index = {"tiers_agent", "queue, agent"}};
  return table;
}

const SqlTable& members_table() {
  static const SqlTable table{
      .name = "members", .columns = kMembers, .key = {2}, .index = {"members_uuid", "uuid"}};
  return table;
}

const SqlTable& calls_table() {
  static const SqlTable table{
      .name = "calls", .columns = kCalls, .key = {0}, .index = {"calls_left_ms", "left_ms"}};
  return table;
}

const SqlTable& offers_table() {
  static const SqlTable table{
      .name = "offers", .columns = kOffers, .key = {0}, .index = {"offers_call_uuid", "call_uuid"}};
  return table;
}

namespace {

base::Result<void> make_index(SqlConnection& database, const SqlTable& table) {
  return database.execute("CREATE INDEX " + std::string(table.index.name) + " ON " +
                          std::string(table.name) + " (" + std::string(table.index.columns) + ")");
}

// In a table that somebody else has made. It goes without, only slower: who may not make one, does
// not.
void make_index_if_missing(SqlConnection& database, const SqlTable& table) {
  const auto has = database.has_index(table.index.name);
  if (has && !*has) static_cast<void>(make_index(database, table));
}

}  // namespace

base::Result<void> make_table(SqlConnection& database, const SqlTable& table) {
  SqlStatement all = table.select();
  all.text += " WHERE 1 = 0";
  if (database.select(all)) {
    make_index_if_missing(database, table);
    return {};
  }
  const std::string name(table.name);
  const bool is_there =
      database.select({.text = "SELECT COUNT(*) FROM " + name, .kinds = {SqlKind::Integer}})
          .has_value();
  if (!is_there) {
    if (auto made = database.execute(table.create()); !made) return made;
    return make_index(database, table);
  }
  for (const SqlColumn& column : table.columns) {
    if (has_column(database, table, column)) continue;
    const bool was_system =
        column.name == "instance_id" && has_column(database, table, {.name = "system", .type = {}});
    const std::string change =
        was_system ? " RENAME COLUMN system TO instance_id"
                   : " ADD COLUMN " + std::string(column.name) + " " + std::string(column.type);
    if (auto made = database.execute("ALTER TABLE " + name + change); !made) return made;
  }
  make_index_if_missing(database, table);
  return {};
}

}  // namespace store
