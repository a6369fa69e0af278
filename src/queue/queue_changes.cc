#include "queue/queue_changes.h"

#include <set>
#include <vector>

#include "base/text.h"
#include "queue/abandoned_rows.h"
#include "queue/announcements.h"
#include "queue/approach.h"
#include "queue/configuration_changes.h"
#include "queue/eligibility.h"
#include "queue/leave.h"
#include "queue/lines.h"
#include "queue/strategy.h"
#include "queue/time_limits.h"

namespace queue {
namespace {

// Only of what is new: a reload does not repeat what was said before.
void warn_of_unknown_strategy(Turn& turn, const QueueSettings& settings,
                              const QueueSettings& before) {
  if (settings.strategy == before.strategy || find_strategy(settings.strategy) != nullptr) return;
  turn.out.emplace_back(Warn{.text = "queue " + settings.name + ": unknown strategy \"" +
                                     settings.strategy + "\"; agents are asked by position"});
}

Queue& find_or_add(Turn& turn, const std::string& name) {
  const std::string key = base::to_lower(name);
  const auto found = turn.state.queue_by_name.find(key);
  if (found != turn.state.queue_by_name.end()) return *find_queue(turn.state, found->second);
  Queue queue;
  queue.id = base::QueueId{++turn.state.last_id};
  queue.loaded = false;
  turn.state.queue_by_name[key] = queue.id;
  turn.state.touched_rows.queue(queue.id);
  return turn.state.queues[queue.id] = queue;
}

void refresh_agents_of(Turn& turn, base::QueueId queue) {
  auto tier = turn.state.tiers.lower_bound(TierKey{queue, base::AgentId{}});
  for (; tier != turn.state.tiers.end() && tier->first.first == queue; ++tier) {
    refresh_agent(turn, *find_agent(turn.state, tier->first.second));
  }
}

// What other settings mean for everybody inside.
void settings_changed(Turn& turn, base::QueueId queue) {
  rearm_abandoned(turn, queue);
  const auto floor = turn.state.floors.find(queue);
  if (floor == turn.state.floors.end()) return;
  make_lines(turn.state, queue, floor->second);
  const std::set<base::MemberId> inside = floor->second.inside;
  for (const base::MemberId id : inside) {
    Member& member = *find_member(turn.state, id);
    approach_anew(turn, member);
    arm_limits(turn, member);
    arm_announcement(turn, member);
  }
  rearm_no_agent_limit(turn, queue);
}

const QueueSettings* find_settings(const CallCenterSettings& settings, std::string_view name) {
  for (const QueueSettings& queue : settings.queues) {
    if (base::equal_ignoring_case(queue.name, name)) return &queue;
  }
  return nullptr;
}

}  // namespace

void apply_queue(Turn& turn, const QueueSettings& settings) {
  Queue& queue = find_or_add(turn, settings.name);
  if (queue.loaded && queue.settings == settings) return;
  queue.loaded = true;
  warn_of_unknown_strategy(turn, settings, queue.settings);
  queue.settings = settings;
  settings_changed(turn, queue.id);
  refresh_agents_of(turn, queue.id);
}

void unload_queue(Turn& turn, std::string_view name) {
  Queue* queue = find_loaded_queue(turn.state, name);
  if (queue == nullptr) return;

  queue->loaded = false;
  refresh_agents_of(turn, queue->id);
  const base::QueueId id = queue->id;
  if (const auto floor = turn.state.floors.find(id); floor != turn.state.floors.end()) {
    const std::set<base::MemberId> inside = floor->second.inside;
    for (const base::MemberId member : inside) release(turn, member, ExitCause::BreakOut);
  }
  forget_queue_if_unused(turn.state, id);
}

Change load_queue(Turn& turn, std::string_view name) {
  const QueueSettings* settings = find_settings(turn.state.settings, name);
  if (settings == nullptr) return ChangeError::QueueNotFound;

  apply_queue(turn, *settings);
  Queue& queue = *find_loaded_queue(turn.state, name);
  queue.calls_answered = 0;
  queue.calls_abandoned = 0;
  apply_agents_and_tiers_of(turn, queue.settings.name);
  return std::nullopt;
}

}  // namespace queue
