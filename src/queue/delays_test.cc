#include "queue/delays.h"

#include <gtest/gtest.h>

#include <limits>

namespace queue {
namespace {

TEST(Delays, CausesFallIntoTheOriginalsClasses) {
  const std::pair<const char*, FailureClass> table[] = {
      {"LOSE_RACE", FailureClass::Cancelled},
      {"ORIGINATOR_CANCEL", FailureClass::Cancelled},
      {"USER_BUSY", FailureClass::Busy},
      {"NORMAL_CIRCUIT_CONGESTION", FailureClass::Busy},
      {"CALL_REJECTED", FailureClass::Reject},
      {"USER_NOT_REGISTERED", FailureClass::Unregistered},
      {"NONE", FailureClass::NoAnswer},
      {"NO_ANSWER", FailureClass::NoAnswer},
      {"ALLOTTED_TIMEOUT", FailureClass::NoAnswer},
      {"NO_USER_RESPONSE", FailureClass::NoAnswer},
      {"UNALLOCATED_NUMBER", FailureClass::NoAnswer},
      {"SUBSCRIBER_ABSENT", FailureClass::NoAnswer},
      {"RECOVERY_ON_TIMER_EXPIRE", FailureClass::NoAnswer},
      {"NORMAL_TEMPORARY_FAILURE", FailureClass::NoAnswer},
      {"DESTINATION_OUT_OF_ORDER", FailureClass::NoAnswer},
      {"NORMAL_CLEARING", FailureClass::NoAnswer},
      {"", FailureClass::NoAnswer},
      {"something new", FailureClass::NoAnswer},
  };
  for (const auto& [cause, failure] : table) EXPECT_EQ(classify_failure(cause), failure) << cause;
}

TEST(Delays, EachClassHasItsOwnDelay) {
  Agent agent;
  agent.busy_delay_seconds = 60;
  agent.reject_delay_seconds = 10;
  agent.no_answer_delay_seconds = 20;

  EXPECT_EQ(delay_after(FailureClass::Cancelled, agent), base::Duration(0));
  EXPECT_EQ(delay_after(FailureClass::Busy, agent), base::Duration(60'000));
  EXPECT_EQ(delay_after(FailureClass::Reject, agent), base::Duration(10'000));
  EXPECT_EQ(delay_after(FailureClass::Unregistered, agent), base::Duration(5'000));
  EXPECT_EQ(delay_after(FailureClass::NoAnswer, agent), base::Duration(20'000));
}

TEST(Delays, OddNumbersOfOperatorsAreHarmless) {
  Agent agent;
  agent.busy_delay_seconds = -5;
  agent.reject_delay_seconds = std::numeric_limits<std::int64_t>::max();

  EXPECT_EQ(delay_after(FailureClass::Busy, agent), base::Duration(0));
  EXPECT_GT(delay_after(FailureClass::Reject, agent), base::Duration(0));
}

}  // namespace
}  // namespace queue
