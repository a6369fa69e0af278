#include "app/table_rows.h"

#include <utility>
#include <vector>

#include "api/rows.h"
#include "store/sql_schema.h"

namespace app {
namespace {

// Column instance_id of both tables.
constexpr std::size_t kOwnerColumn = 1;
// What the original writes there for agents, whatever cc-instance-id says (spec/01 §6).
constexpr const char* kAgentsOwner = "single_box";

template <class Map, class Id>
void drop(Map& keys, const Id& id, store::SqlCopy& copy) {
  const auto found = keys.find(id);
  if (found == keys.end()) return;
  copy.remove(found->second);
  keys.erase(found);
}

}  // namespace

TableRows::TableRows()
    : agents_(store::agents_table(), kOwnerColumn),
      tiers_(store::tiers_table(), std::nullopt),
      members_(store::members_table(), kOwnerColumn) {
  agents_.own(kAgentsOwner);
}

void TableRows::apply(core::RowsChanged changed) {
  const std::uint64_t before = projection_.sequence();
  const queue::RowChanges rows = changed.rows;
  const bool has_all = changed.extent == core::RowsChanged::Extent::AllRows;
  const bool is_all = has_all || renames_queue(rows) || rows.frame;
  projection_.apply(std::move(changed));
  // Missed, or known already.
  if (!projection_.is_complete() || (!has_all && projection_.sequence() == before)) return;
  if (rows.frame) {
    has_frame_ = true;
    members_.own(rows.frame->instance_id);
  }
  if (is_all) return put_all();
  for (const base::AgentId id : rows.agents_gone) drop(agent_keys_, id, agents_);
  for (const queue::TierKey& key : rows.tiers_gone) drop(tier_keys_, key, tiers_);
  for (const base::MemberId id : rows.members_gone) drop(member_keys_, id, members_);
  for (const queue::Agent& agent : rows.agents) put_agent(agent.id);
  for (const queue::Tier& tier : rows.tiers) put_tier(tier);
  for (const queue::Member& member : rows.members) put_member(member);
}

// A queue's name may change its case with the configuration; the rows that name it change with it.
bool TableRows::renames_queue(const queue::RowChanges& rows) const {
  for (const queue::Queue& queue : rows.queues) {
    const queue::Queue* known = projection_.queue(queue.id);
    if (known != nullptr && known->settings.name != queue.settings.name) return true;
  }
  return false;
}

void TableRows::put_all() {
  agents_.clear();
  tiers_.clear();
  members_.clear();
  agent_keys_.clear();
  tier_keys_.clear();
  member_keys_.clear();
  for (const queue::Agent* agent : projection_.agents()) put_agent(agent->id);
  for (const queue::Tier* tier : projection_.tiers()) put_tier(*tier);
  for (const queue::Member* member : projection_.members()) put_member(*member);
}

void TableRows::put_agent(base::AgentId id) {
  const queue::Agent* agent = projection_.agent(id);
  if (agent == nullptr || agent->removed) return drop(agent_keys_, id, agents_);
  const store::SqlRow row = store::agents_table().fitting(api::row_of(*agent, projection_));
  agent_keys_[id] = store::agents_table().key_of(row);
  agents_.put(row);
}

void TableRows::put_tier(const queue::Tier& tier) {
  const store::SqlRow row = store::tiers_table().fitting(api::row_of(tier, projection_));
  tier_keys_[{tier.queue, tier.agent}] = store::tiers_table().key_of(row);
  tiers_.put(row);
}

void TableRows::put_member(const queue::Member& member) {
  // The last column of the list, the score, changes by itself; tables do not have it.
  const store::SqlRow row =
      store::members_table().fitting(api::row_of(member, projection_, member.joined_at));
  member_keys_[member.id] = store::members_table().key_of(row);
  members_.put(row);
}

}  // namespace app
