// callcenter_config queue load | unload | reload | estimate.

#include <chrono>
#include <string>

#include "api/callcenter_config.h"
#include "base/text.h"
#include "call/pace.h"

namespace api {
namespace {

std::string seconds(base::Duration duration) {
  return std::to_string(std::chrono::round<std::chrono::seconds>(duration).count());
}

// QUEUE: what callers are told of their wait rests on these numbers (call/pace.h). Ours.
std::string estimate_command(const Words& words, const Targets& targets) {
  if (words.size() < 2) return std::string(kInvalid);
  const queue::Queue* queue = targets.engine.find_queue(words[1]);
  if (queue == nullptr) return "-ERR Invalid Queue not found!\n";
  const call::Pace* measured = targets.calls.pace(words[1]);
  const call::Pace pace = measured == nullptr ? call::Pace() : *measured;
  return "queue|answers|seconds_per_answer|compared|error_seconds|bias_seconds\n" +
         queue->settings.name + "|" + std::to_string(pace.answers()) + "|" +
         seconds(pace.mean_interval()) + "|" + std::to_string(pace.compared()) + "|" +
         seconds(pace.mean_error()) + "|" + seconds(pace.mean_bias()) + "\n" + std::string(kOk);
}

}  // namespace

std::string queue_command(const Words& words, Targets& targets) {
  const std::string action = base::to_lower(words.at(0));
  if (action == "estimate") return estimate_command(words, targets);
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
