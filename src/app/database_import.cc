#include "app/database_import.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "base/log.h"
#include "base/text.h"
#include "store/sql_schema.h"

namespace app {
namespace {

// Agents of another instance are seen and never called by the original (spec/01 §6).
constexpr std::string_view kInstance = "single_box";

constexpr const char* kFact = "import";
constexpr const char* kDue = "due";
constexpr const char* kDone = "done";

// One row, asked by the names of its columns.
class NamedRow {
 public:
  NamedRow(const store::SqlTable& table, const store::SqlRow& row) : table_(table), row_(row) {}

  std::string text(std::string_view name) const {
    const auto column = std::find_if(table_.columns.begin(), table_.columns.end(),
                                     [&](const store::SqlColumn& c) { return c.name == name; });
    return row_[static_cast<std::size_t>(column - table_.columns.begin())].value_or("");
  }
  std::int64_t number(std::string_view name) const { return base::lenient_integer(text(name)); }

 private:
  const store::SqlTable& table_;
  const store::SqlRow& row_;
};

queue::ImportedAgent agent_of(const NamedRow& row) {
  return {.name = row.text("name"),
          .type = row.text("type"),
          .contact = row.text("contact"),
          .status = row.text("status"),
          .max_no_answer = row.number("max_no_answer"),
          .wrap_up_seconds = row.number("wrap_up_time"),
          .reject_delay_seconds = row.number("reject_delay_time"),
          .busy_delay_seconds = row.number("busy_delay_time"),
          .no_answer_delay_seconds = row.number("no_answer_delay_time"),
          .last_bridge_start = row.number("last_bridge_start"),
          .last_bridge_end = row.number("last_bridge_end"),
          .last_offered_call = row.number("last_offered_call"),
          .last_status_change = row.number("last_status_change"),
          .no_answer_count = row.number("no_answer_count"),
          .calls_answered = row.number("calls_answered"),
          .talk_seconds = row.number("talk_time"),
          .ready_time = row.number("ready_time")};
}

queue::ImportedTier tier_of(const NamedRow& row) {
  return {.queue = row.text("queue"),
          .agent = row.text("agent"),
          .level = row.number("level"),
          .position = row.number("position")};
}

base::Result<std::vector<store::SqlRow>> rows_of(store::SqlConnection& database,
                                                 const store::SqlTable& table) {
  if (const auto made = store::make_table(database, table); !made) {
    return base::failure(made.error());
  }
  return database.select(table.select());
}

}  // namespace

base::Result<queue::ImportedRows> read_rows(store::SqlConnection& database,
                                            const queue::CallCenterSettings& settings) {
  queue::ImportedRows imported;
  const auto agents = rows_of(database, store::agents_table());
  if (!agents) return base::failure(agents.error());
  const auto tiers = rows_of(database, store::tiers_table());
  if (!tiers) return base::failure(tiers.error());
  for (const store::SqlRow& values : *agents) {
    const NamedRow row(store::agents_table(), values);
    if (settings.truncate_agents_on_load || row.text("instance_id") != kInstance) continue;
    imported.agents.push_back(agent_of(row));
  }
  for (const store::SqlRow& values : *tiers) {
    if (settings.truncate_tiers_on_load) break;
    imported.tiers.push_back(tier_of(NamedRow(store::tiers_table(), values)));
  }
  if (!imported.agents.empty() || !imported.tiers.empty()) {
    base::log_info("{} agents and {} tiers are taken over from the database",
                   imported.agents.size(), imported.tiers.size());
  }
  return imported;
}

// A fact that cannot be written now is written next time: an import that comes twice adds nothing.
void note_import_due(store::RecordOutbox& facts) {
  static_cast<void>(facts.set_fact(kFact, kDue));
}

void note_import_done(store::RecordOutbox& facts) {
  static_cast<void>(facts.set_fact(kFact, kDone));
}

bool is_import_due(store::RecordOutbox& facts) {
  return facts.fact(kFact).value_or("") == kDue;
}

}  // namespace app
