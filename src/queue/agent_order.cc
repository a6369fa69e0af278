#include "queue/agent_order.h"

#include <algorithm>

#include "base/check.h"

namespace queue {

void AgentOrder::add(base::QueueId queue, const AgentPlace& place) {
  const bool added = by_queue_[queue].insert(place).second;
  CHECK(added);
  places_of_[place.agent].emplace_back(queue, place);
}

void AgentOrder::remove(base::AgentId agent) {
  const auto found = places_of_.find(agent);
  if (found == places_of_.end()) return;

  for (const auto& [id, place] : found->second) {
    const auto queue = by_queue_.find(id);
    CHECK(queue != by_queue_.end());
    queue->second.erase(place);
    if (queue->second.empty()) by_queue_.erase(queue);
  }
  places_of_.erase(found);
}

const AgentOrder::Places& AgentOrder::in(base::QueueId queue) const {
  static const Places nobody;
  const auto found = by_queue_.find(queue);
  return found == by_queue_.end() ? nobody : found->second;
}

const std::vector<std::pair<base::QueueId, AgentPlace>>& AgentOrder::places_of(
    base::AgentId agent) const {
  static const std::vector<std::pair<base::QueueId, AgentPlace>> none;
  const auto found = places_of_.find(agent);
  return found == places_of_.end() ? none : found->second;
}

bool AgentOrder::operator==(const AgentOrder& other) const {
  return std::equal(by_queue_.begin(), by_queue_.end(), other.by_queue_.begin(),
                    other.by_queue_.end(), [](const auto& a, const auto& b) {
                      return a.first == b.first && std::equal(a.second.begin(), a.second.end(),
                                                              b.second.begin(), b.second.end());
                    });
}

}  // namespace queue
