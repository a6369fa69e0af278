// Rows as they are after a change, as values: for those who keep a copy of all rows.
//
// A row may stand here though it is as before: what a rule looked at in order to change it counts.
// Of a member only what lists and reports show is here; its offers and their failures are not.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/ids.h"
#include "base/time.h"
#include "queue/records.h"

namespace queue {

using TierKey = std::pair<base::QueueId, base::AgentId>;

struct RowChanges {
  std::vector<Agent> agents;
  std::vector<Queue> queues;
  std::vector<Tier> tiers;
  std::vector<Member> members;
  std::vector<base::AgentId> agents_gone;
  std::vector<base::QueueId> queues_gone;
  std::vector<TierKey> tiers_gone;
  std::vector<base::MemberId> members_gone;
  // What all rows share; set when it may be new.
  struct Frame {
    std::string instance_id;
    base::WallAnchor anchor;
  };
  std::optional<Frame> frame;

  bool empty() const { return rows() == 0 && !frame; }
  std::size_t rows() const {
    return agents.size() + queues.size() + tiers.size() + members.size() + agents_gone.size() +
           queues_gone.size() + tiers_gone.size() + members_gone.size();
  }
};

}  // namespace queue
