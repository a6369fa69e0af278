// The rows of the tables agents, tiers and members, as the core's row changes make them.
//
// Keeps a copy of the call centre's rows and gives each change on to the copies of the tables,
// which write it to the database. Belongs to one thread.
#pragma once

#include <map>

#include "base/ids.h"
#include "core/command.h"
#include "core/projection.h"
#include "queue/row_changes.h"
#include "store/sql_copy.h"

namespace app {

class TableRows {
 public:
  TableRows();

  void apply(core::RowsChanged changed);
  // False: changes were missed, and only all rows help.
  bool is_complete() const { return projection_.is_complete(); }
  // Which rows are ours is known.
  bool has_frame() const { return has_frame_; }

  store::SqlCopy& agents() { return agents_; }
  store::SqlCopy& tiers() { return tiers_; }
  store::SqlCopy& members() { return members_; }

 private:
  void put_all();
  void put_agent(base::AgentId id);
  void put_tier(const queue::Tier& tier);
  void put_member(const queue::Member& member);
  bool renames_queue(const queue::RowChanges& rows) const;

  core::Projection projection_;
  bool has_frame_ = false;
  store::SqlCopy agents_;
  store::SqlCopy tiers_;
  store::SqlCopy members_;
  // Under which keys rows were given on: a row that is gone has no name any more.
  std::map<base::AgentId, store::SqlRow> agent_keys_;
  std::map<queue::TierKey, store::SqlRow> tier_keys_;
  std::map<base::MemberId, store::SqlRow> member_keys_;
};

}  // namespace app
