#include "core/place_in_line.h"

namespace core {
namespace {

bool waits(const queue::Member& member) {
  const bool is_inside =
      member.state == queue::MemberState::Waiting || member.state == queue::MemberState::Trying;
  // Once an agent has answered, the bridge is only a matter of announcements.
  return is_inside && !member.connecting;
}

}  // namespace

std::optional<std::size_t> place_in_line(const queue::Engine& engine, base::MemberId id,
                                         base::Instant now) {
  const queue::Member* member = engine.member(id);
  if (member == nullptr || !waits(*member)) return std::nullopt;
  const std::int64_t score = engine.score(*member, now);
  std::size_t place = 1;
  bool is_before = true;  // Members come as they joined.
  for (const queue::Member* other : engine.members()) {
    if (other->id == id) {
      is_before = false;
    } else if (other->queue == member->queue && waits(*other)) {
      const std::int64_t theirs = engine.score(*other, now);
      if (theirs > score || (theirs == score && is_before)) ++place;
    }
  }
  return place;
}

}  // namespace core
