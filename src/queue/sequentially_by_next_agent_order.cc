// Strategy sequentially-by-next-agent-order: on from the agent that the queue asked last, by level,
// position and the order of adding; then from the top (spec/10, "Exact on purpose").
#include "queue/strategy.h"

namespace queue {
namespace {

std::optional<Stretch> behind_the_queues_last(const Queue& queue, const Member&) {
  if (!queue.last_asked) return std::nullopt;
  Stretch rest;
  rest.from = {queue.last_asked->rank, base::AgentId{queue.last_asked->agent.value + 1}};
  return rest;
}

}  // namespace

const Strategy kSequentiallyByNextAgentOrder{.name = "sequentially-by-next-agent-order",
                                             .rank = by_position,
                                             .beginning = behind_the_queues_last};

}  // namespace queue
