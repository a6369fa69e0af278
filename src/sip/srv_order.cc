#include "sip/srv_order.h"

#include <algorithm>
#include <utility>

namespace sip {

std::vector<SrvTarget> in_order(std::vector<SrvTarget> targets,
                                const std::function<std::uint64_t(std::uint64_t)>& draw) {
  // RFC 2782 wants those of weight 0 first, so that they are drawn now and then.
  std::stable_sort(targets.begin(), targets.end(), [](const SrvTarget& a, const SrvTarget& b) {
    return std::pair(a.priority, a.weight) < std::pair(b.priority, b.weight);
  });
  std::vector<SrvTarget> ordered;
  while (!targets.empty()) {
    const std::uint16_t priority = targets.front().priority;
    const auto end = std::find_if(targets.begin(), targets.end(), [&](const SrvTarget& target) {
      return target.priority != priority;
    });
    std::uint64_t sum = 0;
    for (auto it = targets.begin(); it != end; ++it) sum += it->weight;
    const std::uint64_t drawn = draw(sum);
    std::uint64_t running = 0;
    auto chosen = targets.begin();
    for (; chosen != end - 1; ++chosen) {
      running += chosen->weight;
      if (running >= drawn) break;
    }
    ordered.push_back(std::move(*chosen));
    targets.erase(chosen);
  }
  return ordered;
}

}  // namespace sip
