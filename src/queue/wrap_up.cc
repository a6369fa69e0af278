#include "queue/wrap_up.h"

#include <algorithm>

#include "queue/state.h"

namespace queue {

std::optional<base::Instant> wrap_up_ends(const Agent& agent) {
  if (!agent.last_bridge_end) return std::nullopt;
  return *agent.last_bridge_end + seconds(std::max<std::int64_t>(agent.wrap_up_seconds, 0));
}

}  // namespace queue
