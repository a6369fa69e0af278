#include "queue/ready_agents.h"

#include "base/check.h"

namespace queue {

void ReadyAgents::add(base::QueueId queue, ReadyPlace place) {
  const bool added = by_queue_[queue].insert(place).second;
  CHECK(added);
  Entry& entry = queues_of_[place.agent];
  entry.queues.push_back(queue);
  entry.places.push_back(place);
}

void ReadyAgents::remove(base::AgentId agent) {
  const auto found = queues_of_.find(agent);
  if (found == queues_of_.end()) return;

  const Entry& entry = found->second;
  for (std::size_t i = 0; i < entry.queues.size(); ++i) {
    const auto queue = by_queue_.find(entry.queues[i]);
    CHECK(queue != by_queue_.end());
    queue->second.erase(entry.places[i]);
    if (queue->second.empty()) by_queue_.erase(queue);
  }
  queues_of_.erase(found);
}

const std::set<ReadyPlace>& ReadyAgents::in(base::QueueId queue) const {
  static const std::set<ReadyPlace> nobody;
  const auto found = by_queue_.find(queue);
  return found == by_queue_.end() ? nobody : found->second;
}

const std::vector<base::QueueId>& ReadyAgents::queues_of(base::AgentId agent) const {
  static const std::vector<base::QueueId> none;
  const auto found = queues_of_.find(agent);
  return found == queues_of_.end() ? none : found->second.queues;
}

}  // namespace queue
