#include "queue/truncation.h"

#include <string>
#include <vector>

#include "queue/agent_changes.h"
#include "queue/configuration_changes.h"
#include "queue/tier_changes.h"

namespace queue {
namespace {

std::vector<TierSettings> tiers_by_name(const State& state) {
  std::vector<TierSettings> tiers;
  for (const auto& [key, tier] : state.tiers) {
    tiers.push_back({.queue = the_queue(state, tier.queue).settings.name,
                     .agent = state.agents.at(tier.agent).name,
                     .level = tier.level,
                     .position = tier.position});
  }
  return tiers;
}

void drop_agents(Turn& turn) {
  std::vector<std::string> names;
  for (const auto& [name, id] : turn.state.agent_by_name) names.push_back(name);
  for (const std::string& name : names) remove_agent(turn, name);
  turn.state.settings.agents.clear();
}

void drop_tiers(Turn& turn) {
  for (const TierSettings& tier : tiers_by_name(turn.state)) {
    remove_tier(turn, tier.queue, tier.agent);
  }
  turn.state.settings.tiers.clear();
}

}  // namespace

void apply_configuration_anew(Turn& turn, const CallCenterSettings& settings) {
  if (settings.truncate_tiers_on_load) drop_tiers(turn);
  // A tier goes with its agent; in the original it waits for an agent of that name.
  std::vector<TierSettings> kept;
  if (settings.truncate_agents_on_load) {
    kept = tiers_by_name(turn.state);
    drop_agents(turn);
  }
  apply_configuration(turn, settings);
  for (const TierSettings& tier : kept) static_cast<void>(add_tier(turn, tier));
}

}  // namespace queue
