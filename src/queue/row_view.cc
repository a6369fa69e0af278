#include "queue/row_view.h"

#include <chrono>
#include <tuple>

#include "base/check.h"
#include "queue/state.h"

namespace queue {

std::int64_t RowView::score(const Member& member, base::Instant now) const {
  const Queue* inside = queue(member.queue);
  CHECK(inside != nullptr);
  const std::int64_t waited = anchor().unix_seconds(now) - anchor().unix_seconds(member.joined_at);
  const base::Duration credit = credit_of(*inside, member);
  return waited + std::chrono::floor<std::chrono::seconds>(credit).count();
}

bool is_listed_before(const Tier& a, const Tier& b) {
  return std::tie(a.level, a.position, a.added) < std::tie(b.level, b.position, b.added);
}

}  // namespace queue
