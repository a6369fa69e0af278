#include "app/salvage.h"

#include <map>
#include <string>
#include <utility>

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

// Nobody knows how long ago the snapshot was made: an hour, which every registrar has to grant
// (RFC 3261 §10.3 step 7). A phone that is there registers again before it is over.
constexpr int kRegisteredSeconds = 3600;

void add_registrations(const call::Registrations& registrations, std::vector<core::Input>& inputs) {
  for (const auto& [user, bindings] : registrations.all()) {
    for (const call::Binding& binding : bindings) {
      call::RegistrationReceived received;
      received.profile = binding.profile;
      received.user = user.second;
      received.domain = user.first;
      received.contacts = {{binding.uri, kRegisteredSeconds}};
      received.source = binding.source;
      received.over_tcp = binding.over_tcp;
      received.user_agent = binding.user_agent;
      received.call_id = binding.call_id;
      received.cseq = binding.cseq;
      inputs.emplace_back(std::move(received));
    }
  }
}

}  // namespace

std::vector<core::Input> salvaged_inputs(const store::Recovered& found) {
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
  std::vector<core::Input> inputs;
  for (const std::string& command : commands) {
    inputs.emplace_back(core::ApiRequested{.ticket = {}, .command = command, .job_uuid = ""});
  }
  add_registrations(state->core.registrations(), inputs);
  return inputs;
}

}  // namespace app
