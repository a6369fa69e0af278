#include "queue/join.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "base/text.h"
#include "queue/abandoned_rows.h"
#include "queue/announcements.h"
#include "queue/approach.h"
#include "queue/events.h"
#include "queue/presence.h"
#include "queue/time_limits.h"

namespace queue {
namespace {

// Spec/03 §2. A channel that was never answered adds nothing (spec/10 #21). The range is the
// original's 32-bit integer.
std::int64_t base_score(const State& state, const Queue& queue, const MemberJoined& report,
                        base::Instant now) {
  std::int64_t score =
      std::clamp<std::int64_t>(report.base_score, std::numeric_limits<std::int32_t>::min(),
                               std::numeric_limits<std::int32_t>::max());
  if (base::equal_ignoring_case(queue.settings.time_base_score, "system") && report.answered_at) {
    score += state.anchor.unix_seconds(now) - state.anchor.unix_seconds(*report.answered_at);
  }
  return score;
}

Member& add_member(Turn& turn, const Queue& queue, const MemberJoined& report) {
  Member member;
  member.id = base::MemberId{++turn.state.last_id};
  member.queue = queue.id;
  member.queue_name = queue.settings.name;
  member.leg = report.leg;
  member.uuid = turn.state.random.uuid();
  member.session_uuid = report.session_uuid;
  member.cid_number = report.cid_number;
  member.cid_name = report.cid_name;
  member.dnis = report.dnis;
  member.answered_at = report.answered_at;
  member.joined_at = turn.now;
  member.base_score = base_score(turn.state, queue, report, turn.now);
  turn.state.touched_rows.member(member.id);
  return turn.state.members.emplace(member.id, member).first->second;
}

}  // namespace

void join(Turn& turn, const MemberJoined& report) {
  const Queue* queue = find_loaded_queue(std::as_const(turn.state), report.queue);
  if (queue == nullptr) {
    turn.out.emplace_back(RefuseMember{.leg = report.leg, .queue = report.queue});
    return;
  }

  Member* missed = queue->settings.abandoned_resume_allowed
                       ? missed_call_of(turn.state, queue->id, report.cid_number)
                       : nullptr;
  Member& member = missed == nullptr ? add_member(turn, *queue, report) : *missed;
  if (missed != nullptr) resume(turn, member, report);
  turn.out.emplace_back(AdmitMember{.leg = member.leg,
                                    .member = member.id,
                                    .member_uuid = member.uuid,
                                    .queue = queue->settings.name,
                                    .moh_sound = queue->settings.moh_sound,
                                    .joined_at = member.joined_at});
  if (missed == nullptr) {
    announce_member_start(turn, member);
  } else {
    announce_member_resume(turn, member);
  }
  approach_anew(turn, member);
  arm_limits(turn, member);
  rearm_no_agent_limit(turn, queue->id);
  arm_announcement(turn, member);
  announce_occupancy(turn, queue->id);
}

}  // namespace queue
