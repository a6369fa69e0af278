// callcenter_config tier add | set | del | reload.

#include "api/callcenter_config.h"
#include "base/text.h"

namespace api {
namespace {

std::string add_tier(const Words& words, Targets& targets) {
  if (words.size() < 3) return std::string(kInvalid);
  queue::TierSettings tier{.queue = words[1], .agent = words[2], .level = 1, .position = 1};
  if (words.size() > 3) tier.level = base::lenient_integer(words[3]);
  if (words.size() > 4) tier.position = base::lenient_integer(words[4]);
  return reply_to(targets.engine.add_tier(tier, targets.now, targets.queue_out));
}

std::string set_tier(const Words& words, Targets& targets) {
  if (words.size() < 5) return std::string(kInvalid);
  const std::string value = rest_of(words, 4);
  return reply_to(targets.engine.set_tier(
      {.key = words[1], .queue = words[2], .agent = words[3], .value = value}, targets.now,
      targets.queue_out));
}

// Words: {reload, queue or all, agent}.
std::string reload_tiers(const Words& words, Targets& targets) {
  if (words.size() < 2) return std::string(kInvalid);
  queue::Engine::TierSelection selected{.queue = words[1], .agent = {}};
  if (base::equal_ignoring_case(words[1], "all")) {
    selected.queue = {};
  } else if (words.size() > 2) {
    selected.agent = words[2];
  }
  const auto found = targets.engine.reload_tiers(selected, targets.now, targets.queue_out);
  return std::string(found > 0 ? kOk : kUnknownError);
}

}  // namespace

std::string tier_command(const Words& words, Targets& targets) {
  const std::string action = base::to_lower(words.at(0));
  if (action == "add") return add_tier(words, targets);
  if (action == "set") return set_tier(words, targets);
  if (action == "reload") return reload_tiers(words, targets);
  if (action == "del") {
    if (words.size() < 3) return std::string(kInvalid);
    targets.engine.remove_tier(words[1], words[2], targets.now, targets.queue_out);
    return std::string(kOk);
  }
  return no_such_action(words[0], targets);
}

}  // namespace api
