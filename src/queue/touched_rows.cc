#include "queue/touched_rows.h"

#include <algorithm>

#include "queue/state.h"

namespace queue {
namespace {

template <class Row>
const Row& shown(const Row& row) {
  return row;
}

// Without what only decisions need: a member whom all agents are asked for has as many offers.
Member shown(const Member& member) {
  Member row;
  row.id = member.id;
  row.queue = member.queue;
  row.queue_name = member.queue_name;
  row.leg = member.leg;
  row.uuid = member.uuid;
  row.session_uuid = member.session_uuid;
  row.cid_number = member.cid_number;
  row.cid_name = member.cid_name;
  row.dnis = member.dnis;
  row.answered_at = member.answered_at;
  row.joined_at = member.joined_at;
  row.rejoined_at = member.rejoined_at;
  row.bridged_at = member.bridged_at;
  row.abandoned_at = member.abandoned_at;
  row.base_score = member.base_score;
  row.serving_agent = member.serving_agent;
  row.state = member.state;
  return row;
}

// Sorts the noted ids into rows that are there and rows that are gone.
template <class Id, class Map, class Row>
void take_rows(std::vector<Id>& ids, const Map& map, std::vector<Row>& rows,
               std::vector<Id>& gone) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  for (const Id& id : ids) {
    const auto found = map.find(id);
    if (found == map.end()) {
      gone.push_back(id);
    } else {
      rows.push_back(shown(found->second));
    }
  }
  ids.clear();
}

template <class Map, class Row>
void copy_rows(const Map& map, std::vector<Row>& rows) {
  rows.reserve(map.size());
  for (const auto& [id, row] : map) rows.push_back(row);
}

RowChanges::Frame frame_of(const State& state) {
  return {.instance_id = state.settings.instance_id, .anchor = state.anchor};
}

}  // namespace

RowChanges TouchedRows::take(const State& state) {
  RowChanges changes;
  take_rows(agents_, state.agents, changes.agents, changes.agents_gone);
  take_rows(queues_, state.queues, changes.queues, changes.queues_gone);
  take_rows(tiers_, state.tiers, changes.tiers, changes.tiers_gone);
  take_rows(members_, state.members, changes.members, changes.members_gone);
  if (frame_) changes.frame = frame_of(state);
  frame_ = false;
  return changes;
}

RowChanges all_rows(const State& state) {
  RowChanges changes;
  copy_rows(state.agents, changes.agents);
  copy_rows(state.queues, changes.queues);
  copy_rows(state.tiers, changes.tiers);
  copy_rows(state.members, changes.members);
  changes.frame = frame_of(state);
  return changes;
}

}  // namespace queue
