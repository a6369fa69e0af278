#include "queue/configuration_changes.h"

#include <map>
#include <set>
#include <string>
#include <utility>
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
  apply_number(agent.max_busy, settings.max_busy, before.max_busy);
  apply_number(agent.max_reject, settings.max_reject, before.max_reject);
  apply_number(agent.not_registered_delay_seconds, settings.not_registered_delay_seconds,
               before.not_registered_delay_seconds);
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

// What somebody deleted stays deleted until the configuration says something new about it: a
// restart reads the same configuration and must not bring it back.
// Returns: the names of the agents that were added.
std::set<std::string> apply_agents(Turn& turn, const std::vector<AgentSettings>& now,
                                   const std::vector<AgentSettings>& before) {
  std::map<std::string_view, const AgentSettings*> known;
  for (const AgentSettings& agent : before) known.emplace(agent.name, &agent);
  std::set<std::string> added;
  for (const AgentSettings& agent : now) {
    const auto same = known.find(agent.name);
    const bool is_news = same == known.end() || *same->second != agent;
    const bool is_there = find_agent(turn.state, agent.name) != nullptr;
    if (is_news && !is_there) added.insert(agent.name);
    if (is_news || is_there) apply_agent(turn, agent, configured_before(turn, agent.name));
  }
  return added;
}

// An agent that was added comes with its tiers.
void apply_tiers(Turn& turn, const std::vector<TierSettings>& now,
                 const std::vector<TierSettings>& before, const std::set<std::string>& added) {
  std::map<std::pair<std::string_view, std::string_view>, const TierSettings*> known;
  for (const TierSettings& tier : before) known[{tier.queue, tier.agent}] = &tier;
  for (const TierSettings& tier : now) {
    const auto same = known.find({tier.queue, tier.agent});
    const bool is_news = same == known.end() || *same->second != tier;
    if (is_news || added.contains(tier.agent)) apply_tier(turn, tier);
  }
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
  turn.state.touched_rows.frame();
  apply_queues(turn, settings, names_of(before.queues));
  const std::set<std::string> added = apply_agents(turn, settings.agents, before.agents);
  apply_tiers(turn, settings.tiers, before.tiers, added);
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

void apply_agent_named(Turn& turn, std::string_view name) {
  const CallCenterSettings settings = turn.state.settings;
  for (const AgentSettings& agent : settings.agents) {
    // Names in XML are found in any case.
    if (base::equal_ignoring_case(agent.name, name)) return apply_agent(turn, agent, {});
  }
}

std::size_t apply_tiers_named(Turn& turn, const Engine::TierSelection& selected) {
  const CallCenterSettings settings = turn.state.settings;
  const auto fits = [](std::string_view wanted, std::string_view name) {
    return wanted.empty() || base::equal_ignoring_case(wanted, name);
  };
  std::size_t count = 0;
  for (const TierSettings& tier : settings.tiers) {
    if (!fits(selected.queue, tier.queue) || !fits(selected.agent, tier.agent)) continue;
    apply_tier(turn, tier);
    ++count;
  }
  return count;
}

}  // namespace queue
