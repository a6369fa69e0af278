// callcenter_config agent add | del | reload | set | get.

#include "api/callcenter_config.h"
#include "base/text.h"

namespace api {
namespace {

using base::equal_ignoring_case;

// `agent get` shows at most this many characters (spec/05 §3).
constexpr std::size_t kGetLengthMax = 63;

bool takes_several_words(std::string_view key) {
  return equal_ignoring_case(key, "status") || equal_ignoring_case(key, "state") ||
         equal_ignoring_case(key, "state_if_waiting");
}

std::string set_agent(const Words& words, Targets& targets) {
  if (words.size() < 4) return std::string(kInvalid);
  const std::string value = takes_several_words(words[1]) ? rest_of(words, 3) : words[3];
  const auto refused =
      targets.engine.set_agent(words[1], words[2], value, targets.now, targets.queue_out);
  // The same mistake has another text here than in `agent add` (spec/05 §3).
  if (refused == queue::ChangeError::AgentTypeInvalid) return "-ERR Invalid Agent Type!\n";
  return reply_to(refused);
}

std::string get_agent(const Words& words, Targets& targets) {
  if (words.size() < 3) return std::string(kInvalid);
  const auto refused =
      targets.engine.announce_agent(words[1], words[2], targets.now, targets.queue_out);
  if (refused) return reply_to(refused);
  const queue::Agent& agent = *targets.engine.find_agent(words[2]);
  std::string value = agent.uuid;
  if (equal_ignoring_case(words[1], "status")) value = to_text(agent.status);
  if (equal_ignoring_case(words[1], "state")) value = to_text(agent.state);
  return value.substr(0, kGetLengthMax);
}

}  // namespace

std::string agent_command(const Words& words, Targets& targets) {
  const std::string action = base::to_lower(words.at(0));
  if (action == "add") {
    if (words.size() < 3) return std::string(kInvalid);
    return reply_to(targets.engine.add_agent(words[1], words[2], targets.now, targets.queue_out));
  }
  if (action == "del") {
    if (words.size() < 2) return std::string(kInvalid);
    targets.engine.remove_agent(words[1], targets.now, targets.queue_out);
    return std::string(kOk);
  }
  if (action == "reload") {
    if (words.size() < 2) return std::string(kInvalid);
    targets.engine.reload_agent(words[1], targets.now, targets.queue_out);
    return std::string(kOk);
  }
  if (action == "set") return set_agent(words, targets);
  if (action == "get") return get_agent(words, targets);
  return no_such_action(words[0], targets);
}

}  // namespace api
