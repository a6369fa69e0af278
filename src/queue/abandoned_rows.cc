#include "queue/abandoned_rows.h"

#include "base/check.h"

namespace queue {
namespace {

void arm_end(Turn& turn, const Member& member) {
  const Queue* queue = find_queue(turn.state, member.queue);
  CHECK(queue != nullptr && member.abandoned_at.has_value());
  const auto end = *member.abandoned_at + seconds(queue->settings.discard_abandoned_after_seconds);
  turn.state.deadlines.arm({.kind = Purpose::Kind::AbandonedExpires, .first = member.id.value},
                           end);
}

}  // namespace

void keep_abandoned(Turn& turn, Member& member) {
  member.leg = {};
  member.session_uuid.clear();
  member.abandoned_at = turn.now;
  arm_end(turn, member);
}

void rearm_abandoned(Turn& turn, base::QueueId queue) {
  const auto floor = turn.state.floors.find(queue);
  if (floor == turn.state.floors.end()) return;
  for (const base::MemberId id : floor->second.abandoned) {
    arm_end(turn, *find_member(turn.state, id));
  }
}

void discard_abandoned(Turn& turn, base::MemberId member) {
  forget_member(turn.state, member);
}

}  // namespace queue
