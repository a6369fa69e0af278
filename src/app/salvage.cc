#include "app/salvage.h"

#include <map>

#include "app/recovery.h"
#include "core/core.h"
#include "queue/engine.h"

namespace app {
namespace {

// As one word of a command.
std::string quoted(const std::string& value) {
  std::string word = "'";
  for (const char c : value) {
    if (c == '\'' || c == '\\') word += '\\';
    word += c;
  }
  return word + "'";
}

void add_commands(const queue::Agent& agent, std::vector<std::string>& commands) {
  const std::map<std::string, std::string> values = {
      {"contact", agent.contact},
      {"status", std::string(queue::to_text(agent.status))},
      {"max_no_answer", std::to_string(agent.max_no_answer)},
      {"wrap_up_time", std::to_string(agent.wrap_up_seconds)},
      {"reject_delay_time", std::to_string(agent.reject_delay_seconds)},
      {"busy_delay_time", std::to_string(agent.busy_delay_seconds)},
      {"no_answer_delay_time", std::to_string(agent.no_answer_delay_seconds)},
  };
  commands.push_back("callcenter_config agent add " + agent.name + " " + agent.type);
  for (const auto& [key, value] : values) {
    if (value.empty()) continue;
    commands.push_back("callcenter_config agent set " + key + " " + agent.name + " " +
                       quoted(value));
  }
}

}  // namespace

std::vector<std::string> salvaged_commands(const store::Recovered& found) {
  store::Recovered newest;
  newest.snapshot = found.snapshot;
  if (!newest.snapshot) return {};
  const auto state = recover(newest);
  if (!state) return {};
  const queue::Engine& engine = state->core.engine();
  std::vector<std::string> commands;
  for (const queue::Agent* agent : engine.agents()) add_commands(*agent, commands);
  for (const queue::Tier* tier : engine.tiers()) {
    const queue::Queue* queue = engine.queue(tier->queue);
    const queue::Agent* agent = engine.agent(tier->agent);
    if (queue == nullptr || agent == nullptr) continue;
    commands.push_back("callcenter_config tier add " + queue->settings.name + " " + agent->name +
                       " " + std::to_string(tier->level) + " " + std::to_string(tier->position));
  }
  return commands;
}

}  // namespace app
