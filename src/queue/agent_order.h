// Agents in the order of their places, per queue. An index only: it is rebuilt from the rows after
// a restart.
//
// The engine keeps two: those who could take a call this instant, in the order of each queue's
// strategy (eligibility.h), and those who are not logged out, by level and position (roster.h).
#pragma once

#include <cstddef>
#include <ext/pb_ds/assoc_container.hpp>
#include <ext/pb_ds/tree_policy.hpp>
#include <functional>
#include <map>
#include <utility>
#include <vector>

#include "base/ids.h"
#include "queue/agent_place.h"

namespace queue {

class AgentOrder {
 public:
  // A balanced tree that also knows how many are before a place, and who is the n-th.
  using Places =
      __gnu_pbds::tree<AgentPlace, __gnu_pbds::null_type, std::less<>, __gnu_pbds::rb_tree_tag,
                       __gnu_pbds::tree_order_statistics_node_update>;

  // Requires: the agent has no place in this queue yet.
  void add(base::QueueId queue, const AgentPlace& place);

  // Takes the agent out of all queues.
  void remove(base::AgentId agent);

  bool contains(base::AgentId agent) const { return places_of_.contains(agent); }

  // First to last. Lifetime: until the next add or remove.
  const Places& in(base::QueueId queue) const;
  bool empty(base::QueueId queue) const { return in(queue).empty(); }

  // In which queues the agent has a place. Lifetime: until the next add or remove.
  const std::vector<std::pair<base::QueueId, AgentPlace>>& places_of(base::AgentId agent) const;

  bool operator==(const AgentOrder& other) const;

 private:
  std::map<base::QueueId, Places> by_queue_;
  std::map<base::AgentId, std::vector<std::pair<base::QueueId, AgentPlace>>> places_of_;
};

}  // namespace queue
