#include "call/tracking.h"

#include "base/text.h"

namespace call {
namespace {

// As one word of a command (spec/05 §1).
std::string quoted(std::string_view name) {
  std::string word = "'";
  for (const char c : name) {
    if (c == '\'' || c == '\\') word += '\\';
    word += c;
  }
  return word + "'";
}

}  // namespace

void run_callcenter_track(Turn& turn, Surroundings& around, Leg& leg, const std::string& data) {
  const std::string name(base::trim(data));
  if (name.empty()) {
    turn.out.emplace_back(
        LogMade{LogMade::Level::Error, leg.name + ": callcenter_track without an agent"});
    return;
  }
  if (around.find_agent(name) == nullptr) {
    return turn.warn(leg.name + ": callcenter_track: there is no agent " + name);
  }
  // For its event, which programs see when the original asks whether there is such an agent.
  around.run_api("callcenter_config agent get status " + quoted(name));
  leg.variables.set("cc_tracked_agent", name);
  leg.is_tracked = true;
  turn.out.emplace_back(queue::ExternalCallStarted{leg.id, name});
}

}  // namespace call
