#include "call/execute_on.h"

#include <string>
#include <vector>

#include "base/text.h"
#include "call/requests.h"

namespace call {
namespace {

ExecutionWanted parse(std::string_view text) {
  ExecutionWanted wanted;
  const std::size_t space = text.find(' ');
  const std::size_t colons = text.find("::");
  const std::size_t end = std::min(space, colons);
  wanted.application = text.substr(0, end);
  if (end != std::string_view::npos) wanted.data = text.substr(end + (end == colons ? 2 : 1));
  return wanted;
}

}  // namespace

void execute_on(Turn& turn, Surroundings& around, Leg& leg, std::string_view name) {
  std::vector<ExecutionWanted> all;
  for (const auto& [variable, value] : leg.variables.all()) {
    if (base::equal_ignoring_case(std::string_view(variable).substr(0, name.size()), name)) {
      all.push_back(parse(base::trim(value)));
    }
  }
  for (const ExecutionWanted& wanted : all) {
    if (leg.is_ending()) return;
    request_execution(turn, around, leg, wanted);
  }
}

void execute_before_bridge(Turn& turn, Surroundings& around, Leg& leg, std::string_view side) {
  const std::string prefix = "bridge_pre_execute_" + std::string(side);
  const std::string application(base::trim(leg.variables.get(prefix + "_app")));
  if (application.empty() || leg.is_ending()) return;
  request_execution(turn, around, leg,
                    {application, std::string(leg.variables.get(prefix + "_data")), 1});
}

}  // namespace call
