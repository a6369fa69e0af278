#include "call/scheduling.h"

#include <algorithm>
#include <string_view>

#include "base/text.h"

namespace call {
namespace {

constexpr std::string_view kAdded = "+OK Added: ";

// TIME REST becomes COMMAND TIME UUID REST.
void schedule(const Turn& turn, Surroundings& around, Leg& leg, std::string_view command,
              std::string_view data) {
  data = base::trim(data);
  const std::size_t end = std::min(data.find(' '), data.size());
  std::string whole(command);
  whole.append(" ").append(data.substr(0, end)).append(" ").append(leg.uuid);
  whole.append(" ").append(base::trim(data.substr(end)));
  const std::string reply = around.run_api(whole);
  if (reply.starts_with(kAdded)) {
    leg.variables.set("last_sched_id", base::trim(reply.substr(kAdded.size())));
    return;
  }
  turn.warn(leg, leg.name + ": " + std::string(command) + ": " + std::string(base::trim(reply)));
}

}  // namespace

void run_sched_hangup(Turn& turn, Surroundings& around, Leg& leg, const std::string& data) {
  schedule(turn, around, leg, "sched_hangup", data);
}

void run_sched_transfer(Turn& turn, Surroundings& around, Leg& leg, const std::string& data) {
  schedule(turn, around, leg, "sched_transfer", data);
}

void run_sched_broadcast(Turn& turn, Surroundings& around, Leg& leg, const std::string& data) {
  schedule(turn, around, leg, "sched_broadcast", data);
}

void run_sched_cancel(Turn&, Surroundings& around, Leg& leg, const std::string& data) {
  const std::string_view which = base::trim(data);
  // That there is nothing to cancel is no fault.
  around.run_api("sched_del " + (which.empty() ? leg.uuid : std::string(which)));
}

}  // namespace call
