#include "app/queue_outcomes.h"

#include <algorithm>

namespace app {

base::Duration QueueOutcome::average_wait() const {
  if (answered == 0) return base::Duration{0};
  return waited / static_cast<std::int64_t>(answered);
}

std::uint64_t QueueOutcome::service_level_permille() const {
  return calls == 0 ? 0 : in_time * 1000 / calls;
}

void QueueOutcomes::take(const base::EslEvent& event, base::Instant at) {
  if (event.subclass != "callcenter::info") return;
  const std::string_view action = event.get("CC-Action");
  const std::string_view member = event.get("CC-Member-UUID");
  if (action == "member-queue-start") {
    const std::string queue(event.get("CC-Queue"));
    ++queues_[queue].calls;
    waiting_.insert_or_assign(std::string(member), Waiting{queue, at});
  } else if (action == "bridge-agent-start") {
    answered(member, at);
  } else if (action == "member-queue-end") {
    ended(member, event.get("CC-Cancel-Reason"));
  }
}

void QueueOutcomes::answered(std::string_view member, base::Instant at) {
  const auto found = waiting_.find(member);
  if (found == waiting_.end()) return;
  QueueOutcome& queue = queues_[found->second.queue];
  const base::Duration wait = at - found->second.since;
  ++queue.answered;
  if (wait <= in_time_) ++queue.in_time;
  queue.waited += wait;
  queue.longest_wait = std::max(queue.longest_wait, wait);
  waiting_.erase(found);
}

void QueueOutcomes::ended(std::string_view member, std::string_view reason) {
  const auto found = waiting_.find(member);
  if (found == waiting_.end()) return;
  QueueOutcome& queue = queues_[found->second.queue];
  ++(reason == "BREAK_OUT" ? queue.abandoned : queue.let_go);
  waiting_.erase(found);
}

}  // namespace app
