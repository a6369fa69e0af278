#include "api/messages.h"

#include <string_view>

#include "base/text.h"

namespace api {
namespace {

constexpr std::string_view kQueuePrefix = "callcenter+";
constexpr std::size_t kLoggedMax = 80;

// Any case of the name; empty when it is absent.
std::string header(const base::Headers& headers, std::string_view name) {
  for (const auto& [key, value] : headers) {
    if (base::equal_ignoring_case(key, name)) return value;
  }
  return {};
}

void warn(Targets& targets, std::string text) {
  targets.call_out.emplace_back(call::LogMade{call::LogMade::Level::Warning, std::move(text)});
}

void execute(const Message& message, Targets& targets) {
  call::ExecutionWanted wanted;
  wanted.application = header(message.headers, "execute-app-name");
  wanted.data = header(message.headers, "execute-app-arg");
  // A long argument stands in the body.
  if (wanted.data.empty()) wanted.data = message.body;
  const std::string loops = header(message.headers, "loops");
  if (!loops.empty()) {
    const auto times = base::lenient_integer(loops);
    wanted.times = times < 0 || times > call::kExecutionTimesMax ? call::kExecutionTimesMax
                                                                 : static_cast<int>(times);
  }
  if (wanted.application.empty()) return warn(targets, "sendmsg: execute without an application");
  const auto done = targets.calls.execute(message.uuid, wanted, targets.moment());
  if (done == call::Requested::NotNow) warn(targets, "sendmsg: the leg cannot do this now");
}

void hang_up(const Message& message, Targets& targets) {
  const auto cause = call::parse_cause(header(message.headers, "hangup-cause"));
  targets.calls.hang_up(message.uuid, cause.value_or(call::Cause::NormalClearing), targets.now,
                        targets.call_out);
}

}  // namespace

std::string send_message(const Message& message, Targets& targets) {
  if (targets.calls.find_leg(message.uuid) == nullptr) {
    return "-ERR invalid session id [" + message.uuid + "]\n";
  }
  const std::string command = base::to_lower(header(message.headers, "call-command"));
  if (command == "execute") {
    execute(message, targets);
  } else if (command == "hangup") {
    hang_up(message, targets);
  } else {
    warn(targets, "sendmsg: unknown call-command " + command.substr(0, kLoggedMax));
  }
  return "+OK\n";
}

void answer_event(const base::EslEvent& event, Targets& targets) {
  if (event.name != "PRESENCE_PROBE") return;
  const std::string to = header(event.headers, "to");
  const std::string_view address = to;
  const bool asks_a_queue =
      base::equal_ignoring_case(address.substr(0, kQueuePrefix.size()), kQueuePrefix) &&
      address.find('@') != std::string_view::npos;
  if (!asks_a_queue) return;
  targets.engine.announce_presence(address.substr(kQueuePrefix.size()), targets.now,
                                   targets.queue_out);
}

}  // namespace api
