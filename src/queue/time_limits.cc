#include "queue/time_limits.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "queue/leave.h"
#include "queue/lines.h"

namespace queue {
namespace {

Purpose wait_expires(const Member& member) {
  return {.kind = Purpose::Kind::WaitExpires, .first = member.id.value};
}

// Spec/03 §8: with a second limit the caller itself has to have waited both.
base::Duration no_agent_patience(const QueueSettings& settings) {
  const int reached = settings.max_wait_with_no_agent_reached_seconds;
  if (reached == 0) return base::Duration::zero();
  return seconds(std::int64_t{reached} + settings.max_wait_with_no_agent_seconds);
}

// When the member who came in at `entered` has to go, if no agent comes.
base::Instant no_agent_end(const Queue& queue, base::Instant entered) {
  const base::Instant end = entered + no_agent_patience(queue.settings);
  if (!queue.agents_gone_at) return end;
  return std::max(end,
                  *queue.agents_gone_at + seconds(queue.settings.max_wait_with_no_agent_seconds));
}

void expire(Turn& turn, Member& member, ExitCause cause) {
  if (member.offers.empty()) return release(turn, member.id, cause);
  member.leaving = cause;
  turn.state.floors.at(member.queue).entered.erase({member.entered_at(), member.id});
  line_up(turn, member);
}

}  // namespace

void arm_limits(Turn& turn, const Member& member) {
  if (member.leaving) return;
  const int limit = the_queue(std::as_const(turn.state), member.queue).settings.max_wait_seconds;
  if (limit > 0) {
    turn.state.deadlines.arm(wait_expires(member), member.entered_at() + seconds(limit));
  } else {
    turn.state.deadlines.cancel(wait_expires(member));
  }
}

void cancel_limits(Turn& turn, const Member& member) {
  turn.state.deadlines.cancel(wait_expires(member));
  rearm_no_agent_limit(turn, member.queue);
}

void wait_expired(Turn& turn, base::MemberId id) {
  expire(turn, the_member(turn.state, id), ExitCause::Timeout);
}

void rearm_no_agent_limit(Turn& turn, base::QueueId id) {
  const Purpose purpose{.kind = Purpose::Kind::NoAgentExpires, .first = id.value};
  const Queue& queue = the_queue(std::as_const(turn.state), id);
  const auto floor = turn.state.floors.find(id);
  const bool applies = queue.settings.max_wait_with_no_agent_seconds > 0 &&
                       turn.state.roster.empty(id) && floor != turn.state.floors.end() &&
                       !floor->second.entered.empty();
  if (applies) {
    const base::Instant first = floor->second.entered.begin()->first;
    turn.state.deadlines.arm(purpose, no_agent_end(queue, first));
  } else {
    turn.state.deadlines.cancel(purpose);
  }
}

void no_agent_expired(Turn& turn, base::QueueId id) {
  const Queue& queue = the_queue(std::as_const(turn.state), id);
  std::vector<base::MemberId> due;
  for (const auto& [entered, member] : turn.state.floors.at(id).entered) {
    if (no_agent_end(queue, entered) > turn.now) break;
    due.push_back(member);
  }
  for (const base::MemberId member : due) {
    expire(turn, the_member(turn.state, member), ExitCause::NoAgentTimeout);
  }
  rearm_no_agent_limit(turn, id);
}

void leave_if_expired(Turn& turn, base::MemberId id) {
  const Member* member = find_member(turn.state, id);
  if (member == nullptr || !member->leaving || !member->offers.empty()) return;
  release(turn, id, *member->leaving);
}

}  // namespace queue
