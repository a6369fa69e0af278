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
  arm_end(turn, member);
}

Member* missed_call_of(State& state, base::QueueId queue, std::string_view cid_number) {
  const auto floor = state.floors.find(queue);
  if (floor == state.floors.end()) return nullptr;
  const auto missed = floor->second.missed.find(cid_number);
  if (missed == floor->second.missed.end()) return nullptr;
  return find_member(state, missed->second.rbegin()->second);
}

void resume(Turn& turn, Member& member, const MemberJoined& report) {
  turn.state.deadlines.cancel({.kind = Purpose::Kind::AbandonedExpires, .first = member.id.value});
  member.leg = report.leg;
  member.session_uuid = report.session_uuid;
  member.rejoined_at = turn.now;
  member.failed_with.clear();
  member.last_asked.reset();
  member.asked_there.clear();
  member.asks_again_at.reset();
  set_member_state(turn, member, MemberState::Waiting);
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
