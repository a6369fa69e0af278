#include "queue/delays.h"

#include <algorithm>
#include <array>
#include <utility>

#include "queue/state.h"

namespace queue {
namespace {

constexpr std::array<std::pair<std::string_view, FailureClass>, 6> kCauses{{
    {"LOSE_RACE", FailureClass::Cancelled},
    {"ORIGINATOR_CANCEL", FailureClass::Cancelled},
    {"USER_BUSY", FailureClass::Busy},
    {"NORMAL_CIRCUIT_CONGESTION", FailureClass::Busy},
    {"CALL_REJECTED", FailureClass::Reject},
    {"USER_NOT_REGISTERED", FailureClass::Unregistered},
}};

std::int64_t delay_seconds(FailureClass failure, const Agent& agent) {
  switch (failure) {
    case FailureClass::Cancelled:
      return 0;
    case FailureClass::Busy:
      return agent.busy_delay_seconds;
    case FailureClass::Reject:
      return agent.reject_delay_seconds;
    case FailureClass::Unregistered:
      return agent.not_registered_delay_seconds;
    case FailureClass::NoAnswer:
      return agent.no_answer_delay_seconds;
  }
  return 0;
}

}  // namespace

FailureClass classify_failure(std::string_view cause) {
  for (const auto& [name, failure] : kCauses) {
    if (name == cause) return failure;
  }
  return FailureClass::NoAnswer;
}

base::Duration delay_after(FailureClass failure, const Agent& agent) {
  return seconds(std::max<std::int64_t>(delay_seconds(failure, agent), 0));
}

}  // namespace queue
