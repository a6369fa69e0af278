// The agents who could take a call this instant, per queue in the strategy's order.
//
// An index only: it is rebuilt from the rows after a restart. Who belongs in it is decided in
// eligibility.h; this class keeps the order and forgets an agent from all queues at once.
#pragma once

#include <compare>
#include <map>
#include <set>
#include <vector>

#include "base/ids.h"
#include "queue/strategy.h"

namespace queue {

// An agent's place in one queue: rank, then the order in which agents were added.
struct ReadyPlace {
  Rank rank;
  base::AgentId agent;

  auto operator<=>(const ReadyPlace&) const = default;
};

class ReadyAgents {
 public:
  // Requires: the agent is not yet ready in this queue.
  void add(base::QueueId queue, ReadyPlace place);

  // Takes the agent out of all queues.
  void remove(base::AgentId agent);

  bool contains(base::AgentId agent) const { return queues_of_.contains(agent); }

  // Best first. Lifetime: until the next add or remove.
  const std::set<ReadyPlace>& in(base::QueueId queue) const;

  // In which queues the agent is ready. Lifetime: until the next add or remove.
  const std::vector<base::QueueId>& queues_of(base::AgentId agent) const;

 private:
  struct Entry {
    std::vector<base::QueueId> queues;
    std::vector<ReadyPlace> places;  // One per queue.
  };
  std::map<base::QueueId, std::set<ReadyPlace>> by_queue_;
  std::map<base::AgentId, Entry> queues_of_;
};

}  // namespace queue
