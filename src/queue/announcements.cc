#include "queue/announcements.h"

#include <utility>

namespace queue {
namespace {

Purpose due(const Member& member) {
  return {.kind = Purpose::Kind::AnnouncementDue, .first = member.id.value};
}

}  // namespace

void arm_announcement(Turn& turn, const Member& member) {
  const QueueSettings& settings = the_queue(std::as_const(turn.state), member.queue).settings;
  const bool has_one = !settings.announce_sound.empty() && settings.announce_frequency_seconds > 0;
  if (!has_one) return cancel_announcement(turn, member);
  const base::Duration every = seconds(settings.announce_frequency_seconds);
  const auto passed = (turn.now - member.entered_at()) / every;
  turn.state.deadlines.arm(due(member), member.entered_at() + every * (passed + 1));
}

void cancel_announcement(Turn& turn, const Member& member) {
  turn.state.deadlines.cancel(due(member));
}

void announcement_due(Turn& turn, base::MemberId id) {
  const Member* member = find_member(turn.state, id);
  if (member == nullptr) return;
  const Queue* queue = find_queue(turn.state, member->queue);
  turn.out.emplace_back(
      PlayAnnouncement{.leg = member->leg, .member = id, .sound = queue->settings.announce_sound});
  arm_announcement(turn, *member);
}

}  // namespace queue
