#include "queue/leave.h"

#include "queue/abandoned_rows.h"
#include "queue/announcements.h"
#include "queue/ending.h"
#include "queue/events.h"
#include "queue/offers.h"
#include "queue/presence.h"
#include "queue/time_limits.h"

namespace queue {
namespace {

bool is_inside(const Member& member) {
  return member.state == MemberState::Waiting || member.state == MemberState::Trying;
}

// The legs are cancelled before the event (spec/06 T9).
void end_wait(Turn& turn, Member& member, ExitCause cause) {
  for (const base::OfferId offer : member.offers) cancel_offer(turn, offer, "ORIGINATOR_CANCEL");
  member.offers.clear();
  member.connecting = {};
  member.serving_agent.clear();
  member.abandoned_at = turn.now;
  stop_waiting(turn, member, MemberState::Abandoned);
  ++the_queue(turn.state, member.queue).calls_abandoned;
  announce_member_cancel(turn, member, cause);
  turn.state.touched_rows.ended(cancelled_stay(member, cause, turn.now));
  announce_occupancy(turn, member.queue);
  keep_abandoned(turn, member);
}

}  // namespace

void stop_waiting(Turn& turn, Member& member, MemberState to) {
  set_member_state(turn, member, to);
  member.leaving.reset();
  cancel_announcement(turn, member);
  cancel_limits(turn, member);
}

void leave(Turn& turn, const MemberLeft& report) {
  Member* member = find_member(turn.state, report.member);
  if (member == nullptr || !is_inside(*member)) return;
  end_wait(turn, *member, report.cause);
}

void release(Turn& turn, base::MemberId id, ExitCause cause) {
  Member* member = find_member(turn.state, id);
  if (member == nullptr || !is_inside(*member)) return;
  const base::LegId leg = member->leg;
  end_wait(turn, *member, cause);
  turn.out.emplace_back(ReleaseMember{.leg = leg, .member = id, .cause = cause});
}

}  // namespace queue
