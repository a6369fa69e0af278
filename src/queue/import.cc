#include "queue/import.h"

#include <algorithm>
#include <limits>
#include <optional>

#include "base/text.h"
#include "queue/agent_changes.h"
#include "queue/eligibility.h"
#include "queue/roster.h"
#include "queue/tier_changes.h"

namespace queue {
namespace {

// Columns of the tables are 32 bits wide; a count below 0 is none.
std::int64_t count_of(std::int64_t value) {
  return std::clamp<std::int64_t>(value, 0, std::numeric_limits<std::int32_t>::max());
}

std::optional<base::Instant> instant_of(const State& state, std::int64_t unix_seconds) {
  if (unix_seconds <= 0) return std::nullopt;
  return base::instant_ms(-state.anchor.unix_ms_at_origin) + seconds(unix_seconds);
}

void take(std::int64_t& value, const std::optional<std::int64_t>& written, std::int64_t imported) {
  if (!written && value == 0) value = count_of(imported);
}

// What an agent has done and gone through belongs to its status and goes with it.
void take_history(const State& state, Agent& agent, const ImportedAgent& row) {
  agent.last_bridge_start = instant_of(state, row.last_bridge_start);
  agent.last_bridge_end = instant_of(state, row.last_bridge_end);
  agent.last_offered_call = instant_of(state, row.last_offered_call);
  agent.no_answer_count = count_of(row.no_answer_count);
  agent.calls_answered = count_of(row.calls_answered);
  agent.talk_time = seconds(count_of(row.talk_seconds));
  agent.ready_at = instant_of(state, row.ready_time);
}

void take_status(const State& state, Agent& agent, const ImportedAgent& row) {
  const auto status = parse_agent_status(row.status);
  if (!status || agent.last_status_change) return;
  agent.status = *status;
  agent.last_status_change = instant_of(state, row.last_status_change);
}

void import_agent(Turn& turn, const ImportedAgent& row) {
  if (row.name.empty()) return;
  if (find_agent(turn.state, row.name) == nullptr && add_agent(turn, row.name, row.type)) return;
  Agent& agent = *find_agent(turn.state, row.name);
  const AgentSettings written = agent.configured.value_or(AgentSettings{});
  if (!written.contact && agent.contact.empty()) agent.contact = row.contact;
  take(agent.max_no_answer, written.max_no_answer, row.max_no_answer);
  take(agent.wrap_up_seconds, written.wrap_up_seconds, row.wrap_up_seconds);
  take(agent.reject_delay_seconds, written.reject_delay_seconds, row.reject_delay_seconds);
  take(agent.busy_delay_seconds, written.busy_delay_seconds, row.busy_delay_seconds);
  take(agent.no_answer_delay_seconds, written.no_answer_delay_seconds, row.no_answer_delay_seconds);
  if (!agent.last_offered_call) take_history(turn.state, agent, row);
  if (!written.status) take_status(turn.state, agent, row);
  refresh_roster(turn, agent);
  refresh_agent(turn, agent);
}

const TierSettings* written_tier(const State& state, const ImportedTier& row) {
  for (const TierSettings& tier : state.settings.tiers) {
    if (tier.agent == row.agent && base::equal_ignoring_case(tier.queue, row.queue)) return &tier;
  }
  return nullptr;
}

void import_tier(Turn& turn, const ImportedTier& row) {
  const Queue* queue = find_loaded_queue(turn.state, row.queue);
  const Agent* agent = find_agent(turn.state, row.agent);
  if (queue == nullptr || agent == nullptr) return;
  TierSettings tier{.queue = row.queue, .agent = row.agent, .level = row.level, .position = {}};
  tier.position = row.position;
  if (const Tier* there = find_tier(turn.state, queue->id, agent->id)) {
    // 1 is what a tier gets of which nobody says more.
    const TierSettings* written = written_tier(turn.state, row);
    if (there->level != 1 || (written != nullptr && written->level)) tier.level.reset();
    if (there->position != 1 || (written != nullptr && written->position)) tier.position.reset();
  }
  apply_tier(turn, tier);
}

}  // namespace

void import_rows(Turn& turn, const ImportedRows& rows) {
  for (const ImportedAgent& agent : rows.agents) import_agent(turn, agent);
  for (const ImportedTier& tier : rows.tiers) import_tier(turn, tier);
}

void describe(base::Archive& archive, ImportedAgent& agent) {
  archive.field("name", agent.name);
  archive.field("type", agent.type);
  archive.field("contact", agent.contact);
  archive.field("status", agent.status);
  archive.field("max_no_answer", agent.max_no_answer);
  archive.field("wrap_up_seconds", agent.wrap_up_seconds);
  archive.field("reject_delay_seconds", agent.reject_delay_seconds);
  archive.field("busy_delay_seconds", agent.busy_delay_seconds);
  archive.field("no_answer_delay_seconds", agent.no_answer_delay_seconds);
  archive.field("last_bridge_start", agent.last_bridge_start);
  archive.field("last_bridge_end", agent.last_bridge_end);
  archive.field("last_offered_call", agent.last_offered_call);
  archive.field("last_status_change", agent.last_status_change);
  archive.field("no_answer_count", agent.no_answer_count);
  archive.field("calls_answered", agent.calls_answered);
  archive.field("talk_seconds", agent.talk_seconds);
  archive.field("ready_time", agent.ready_time);
}

void describe(base::Archive& archive, ImportedTier& tier) {
  archive.field("queue", tier.queue);
  archive.field("agent", tier.agent);
  archive.field("level", tier.level);
  archive.field("position", tier.position);
}

void describe(base::Archive& archive, ImportedRows& rows) {
  archive.field("agents", rows.agents);
  archive.field("tiers", rows.tiers);
}

}  // namespace queue
