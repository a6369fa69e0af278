#include "queue/lines.h"

#include <iterator>
#include <optional>
#include <set>

#include "base/check.h"
#include "queue/strategy.h"
#include "queue/tier_rules.h"

namespace queue {
namespace {

Purpose level_opens(base::MemberId member) {
  return {.kind = Purpose::Kind::LevelOpens, .first = member.value};
}

Purpose asks_again(base::MemberId member) {
  return {.kind = Purpose::Kind::AsksAgain, .first = member.value};
}

// The waiting times that the rules demand of the levels in use.
std::set<base::Duration> waits_of(const State& state, base::QueueId id) {
  std::set<base::Duration> waits{base::Duration::zero()};
  const QueueSettings& settings = state.queues.at(id).settings;
  const auto levels = state.levels.find(id);
  if (levels == state.levels.end() || !settings.tier_rules_apply) return waits;
  for (const auto& [level, tiers] : levels->second) waits.insert(level_wait(settings, level));
  return waits;
}

// Into every line whose wait is over before `next_opening`.
void stand_in(State& state, const Member& member, std::optional<base::Instant> next_opening) {
  QueueFloor& floor = state.floors.at(member.queue);
  const Place place = place_of(state, member);
  for (auto& [wait, line] : floor.lines) {
    if (next_opening && member.joined_at + wait >= *next_opening) break;
    line.add(place);
  }
  const Queue& queue = state.queues.at(member.queue);
  const bool rules_follow_it = queue.settings.tier_rules_apply &&
                               strategy_of(queue).rules_follow == Strategy::RulesFollow::Round;
  if (member.last_asked && rules_follow_it) floor.in_a_round.add(place);
}

}  // namespace

bool wants_offer(const Member& member) {
  const bool is_inside =
      member.state == MemberState::Waiting || member.state == MemberState::Trying;
  if (!is_inside || member.leaving || member.connecting) return false;
  return member.approach != Approach::One || member.offers.empty();
}

void line_up(Turn& turn, Member& member) {
  State& state = turn.state;
  QueueFloor& floor = state.floors.at(member.queue);
  leave_lines(floor, member.id);
  state.deadlines.cancel(level_opens(member.id));
  state.deadlines.cancel(asks_again(member.id));
  if (!wants_offer(member)) return;
  if (member.approach == Approach::Progressively && member.asks_again_at &&
      *member.asks_again_at > turn.now) {
    state.deadlines.arm(asks_again(member.id), *member.asks_again_at);
    return;
  }
  std::optional<base::Instant> next_opening;
  const auto next = floor.lines.upper_bound(turn.now - member.joined_at);
  if (next != floor.lines.end()) {
    next_opening = member.joined_at + next->first;
    state.deadlines.arm(level_opens(member.id), *next_opening);
  }
  stand_in(state, member, next_opening);
  turn.touched.insert(member.queue);
}

void open_levels(Turn& turn, base::MemberId id) {
  const Member& member = the_member(turn.state, id);
  Lines& lines = turn.state.floors.at(member.queue).lines;
  const auto next = lines.upper_bound(turn.now - member.joined_at);
  const Place place = place_of(turn.state, member);
  for (auto line = next; !std::prev(line)->second.contains(id); --line) {
    std::prev(line)->second.add(place);
  }
  if (next != lines.end()) {
    turn.state.deadlines.arm(level_opens(id), member.joined_at + next->first);
  }
  turn.touched.insert(member.queue);
}

void renew_lines(Turn& turn, base::QueueId queue) {
  const auto found = turn.state.floors.find(queue);
  if (found == turn.state.floors.end()) return;
  QueueFloor& floor = found->second;
  std::set<base::Duration> had;
  for (const auto& [wait, line] : floor.lines) had.insert(wait);
  if (had == waits_of(turn.state, queue)) return;
  make_lines(turn.state, queue, floor);
  for (const base::MemberId id : floor.inside) line_up(turn, *find_member(turn.state, id));
}

void make_lines(const State& state, base::QueueId queue, QueueFloor& floor) {
  floor.lines.clear();
  floor.in_a_round = WaitingLine();
  for (const base::Duration wait : waits_of(state, queue)) floor.lines.emplace(wait, WaitingLine());
}

void leave_lines(QueueFloor& floor, base::MemberId member) {
  floor.in_a_round.remove(member);
  for (auto& [wait, line] : floor.lines) {
    // Who is not in a line is not in those with a longer wait.
    if (!line.remove(member)) break;
  }
}

// The armed deadlines, not the clock, say how far a member has come.
void restore_lines(State& state, const Member& member) {
  if (!wants_offer(member) || state.deadlines.armed_for(asks_again(member.id))) return;
  stand_in(state, member, state.deadlines.armed_for(level_opens(member.id)));
}

}  // namespace queue
