// callcenter_config queue load | unload | reload.

#include "api/callcenter_config.h"
#include "base/text.h"

namespace api {
std::string queue_command(const Words& words, Targets& targets) {
  const std::string action = base::to_lower(words.at(0));
  if (action != "load" && action != "unload" && action != "reload") {
    return no_such_action(words[0], targets);
  }
  if (words.size() < 2) return std::string(kInvalid);
  if (action == "unload") {
    targets.engine.unload_queue(words[1], targets.now, targets.queue_out);
    return std::string(kOk);
  }
  // Members keep their place through a reload: the settings are replaced where they stand.
  const auto refused = targets.engine.load_queue(words[1], targets.now, targets.queue_out);
  return refused ? "-ERR Invalid Queue not found!\n" : std::string(kOk);
}

}  // namespace api
