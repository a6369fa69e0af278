#include "queue/configuration_changes.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "base/text.h"
#include "queue/agent_changes.h"
#include "queue/eligibility.h"
#include "queue/queue_changes.h"
#include "queue/tier_changes.h"

namespace queue {
namespace {

using QueueNames = std::set<std::string>;  // In lower case.

QueueNames names_of(const std::vector<QueueSettings>& queues) {
  QueueNames names;
  for (const QueueSettings& queue : queues) names.insert(base::to_lower(queue.name));
  return names;
}

// A value is applied when the configuration writes it and `before` wrote something else.
template <class T>
bool is_news(const std::optional<T>& now, const std::optional<T>& before) {
  return now.has_value() && now != before;
}

void apply_number(std::int64_t& value, const std::optional<std::int64_t>& now,
                  const std::optional<std::int64_t>& before) {
  if (is_news(now, before)) value = *now;
}

// In the original's order (spec/02 §3). `before`: what counts as applied already.
void apply_agent(Turn& turn, const AgentSettings& settings, const AgentSettings& before) {
  if (!is_agent_type(settings.type)) return;  // The whole element is ignored (spec/02 §3).
  if (find_agent(turn.state, settings.name) == nullptr) {
    add_agent(turn, settings.name, settings.type);
  }
  Agent& agent = *find_agent(turn.state, settings.name);
  if (is_news(settings.contact, before.contact)) change_contact(turn, agent, *settings.contact);
  if (is_news(settings.status, before.status)) change_status(turn, agent, *settings.status);
  apply_number(agent.wrap_up_seconds, settings.wrap_up_seconds, before.wrap_up_seconds);
  apply_number(agent.max_no_answer, settings.max_no_answer, before.max_no_answer);
  apply_number(agent.reject_delay_seconds, settings.reject_delay_seconds,
               before.reject_delay_seconds);
  apply_number(agent.busy_delay_seconds, settings.busy_delay_seconds, before.busy_delay_seconds);
  apply_number(agent.no_answer_delay_seconds, settings.no_answer_delay_seconds,
               before.no_answer_delay_seconds);
  if (settings.type != before.type) agent.type = settings.type;
  agent.configured = settings;
  refresh_agent(turn, agent);
}

// What the configuration said before about an agent that is still there.
AgentSettings configured_before(Turn& turn, const std::string& name) {
  const Agent* agent = find_agent(turn.state, name);
  if (agent == nullptr || !agent->configured) return {};
  return *agent->configured;
}

// A queue that is written now and was not before is loaded; one that somebody unloaded stays so.
void apply_queues(Turn& turn, const CallCenterSettings& settings, const QueueNames& before) {
  const QueueNames now = names_of(settings.queues);
  for (const std::string& name : before) {
    if (!now.contains(name)) unload_queue(turn, name);
  }
  QueueNames seen;
  for (const QueueSettings& queue : settings.queues) {
    const std::string name = base::to_lower(queue.name);
    if (!seen.insert(name).second) continue;  // The first definition counts (spec/02 §2).
    const bool is_new = !before.contains(name);
    if (is_new || find_loaded_queue(turn.state, name) != nullptr) apply_queue(turn, queue);
  }
}

}  // namespace

void apply_configuration(Turn& turn, const CallCenterSettings& settings) {
  const CallCenterSettings before = turn.state.settings;
  turn.state.settings = settings;
  apply_queues(turn, settings, names_of(before.queues));
  for (const AgentSettings& agent : settings.agents) {
    apply_agent(turn, agent, configured_before(turn, agent.name));
  }
  for (const TierSettings& tier : settings.tiers) {
    const bool is_news =
        std::find(before.tiers.begin(), before.tiers.end(), tier) == before.tiers.end();
    if (is_news) apply_tier(turn, tier);
  }
}

void apply_agents_and_tiers_of(Turn& turn, std::string_view queue) {
  const CallCenterSettings settings = turn.state.settings;
  std::set<std::string, std::less<>> agents;
  for (const TierSettings& tier : settings.tiers) {
    if (base::equal_ignoring_case(tier.queue, queue)) agents.insert(tier.agent);
  }
  for (const AgentSettings& agent : settings.agents) {
    if (!agents.contains(agent.name)) continue;
    AgentSettings before;
    before.status = configured_before(turn, agent.name).status;
    apply_agent(turn, agent, before);
  }
  for (const TierSettings& tier : settings.tiers) {
    if (base::equal_ignoring_case(tier.queue, queue)) apply_tier(turn, tier);
  }
}

}  // namespace queue
