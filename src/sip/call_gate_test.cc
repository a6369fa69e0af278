#include "sip/call_gate.h"

#include <gtest/gtest.h>

namespace sip {
namespace {

using Verdict = CallGate::Verdict;
using std::chrono::milliseconds;

const CallGate::Clock::time_point kStart{std::chrono::hours(1)};

TEST(CallGate, IsOpenWithoutLimits) {
  RefusedCalls refused;
  CallGate gate({}, {}, refused);
  for (int i = 0; i < 1000; ++i) EXPECT_EQ(gate.knock(kStart, 100'000), Verdict::Open);
}

TEST(CallGate, LetsInSoManyPerSecond) {
  RefusedCalls refused;
  CallGate gate({.sessions_max = 0, .sessions_per_second = 2}, {}, refused);

  EXPECT_EQ(gate.knock(kStart, 0), Verdict::Open);
  EXPECT_EQ(gate.knock(kStart + milliseconds(500), 0), Verdict::Open);
  EXPECT_EQ(gate.knock(kStart + milliseconds(999), 0), Verdict::Shut);
  EXPECT_EQ(gate.knock(kStart + milliseconds(1000), 0), Verdict::Open);
  EXPECT_EQ(refused.by_rate, 1U);
}

TEST(CallGate, LetsInSoManyAtOnce) {
  RefusedCalls refused;
  CallGate gate({.sessions_max = 3, .sessions_per_second = 0}, {}, refused);

  EXPECT_EQ(gate.knock(kStart, 2), Verdict::Open);
  EXPECT_EQ(gate.knock(kStart, 3), Verdict::Shut);
  EXPECT_EQ(refused.by_sessions, 1U);
}

TEST(CallGate, IsShutWhileTheCoreIsTooBusy) {
  RefusedCalls refused;
  CoreLoad load;
  CallGate gate(
      {}, [&load] { return load; }, refused);

  load = {.inbox_percent = 80, .lag = milliseconds(100)};
  EXPECT_EQ(gate.knock(kStart, 0), Verdict::Open);
  load = {.inbox_percent = 81, .lag = milliseconds(0)};
  EXPECT_EQ(gate.knock(kStart, 0), Verdict::Shut);
  load = {.inbox_percent = 0, .lag = milliseconds(101)};
  EXPECT_EQ(gate.knock(kStart, 0), Verdict::Shut);
  EXPECT_EQ(refused.by_inbox, 1U);
  EXPECT_EQ(refused.by_lag, 1U);
  EXPECT_EQ(refused.total(), 2U);
}

TEST(CallGate, IsShutWhileTheOperatorWantsNoNewCalls) {
  RefusedCalls refused;
  CoreLoad load;
  CallGate gate(
      {}, [&load] { return load; }, refused);

  EXPECT_EQ(gate.as_the_operator_wants(), Verdict::Open);
  load.takes_new_calls = false;
  EXPECT_EQ(gate.knock(kStart, 0), Verdict::Shut);
  EXPECT_EQ(gate.as_the_operator_wants(), Verdict::Shut);
  EXPECT_EQ(refused.by_operator, 1U);
  load.takes_new_calls = true;
  EXPECT_EQ(gate.knock(kStart, 0), Verdict::Open);
}

}  // namespace
}  // namespace sip
