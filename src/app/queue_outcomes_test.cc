#include "app/queue_outcomes.h"

#include <gtest/gtest.h>

namespace app {
namespace {

using std::chrono::seconds;

// Callers of one queue, at seconds of a day that begins at 0.
class QueueOutcomesTest : public ::testing::Test {
 protected:
  void tell(const char* action, const char* member, int second, const char* reason = "") {
    base::EslEvent event;
    event.name = "CUSTOM";
    event.subclass = "callcenter::info";
    event.add("CC-Action", action);
    event.add("CC-Queue", "support@default");
    event.add("CC-Member-UUID", member);
    event.add("CC-Cancel-Reason", reason);
    outcomes_.take(event, base::Instant(seconds(second)));
  }
  const QueueOutcome& support() const { return outcomes_.queues().at("support@default"); }

  QueueOutcomes outcomes_{seconds(20)};
};

TEST_F(QueueOutcomesTest, CountsEachCallerOnce) {
  for (const char* member : {"a", "b", "c", "d"}) tell("member-queue-start", member, 0);
  tell("bridge-agent-start", "a", 10);
  tell("member-queue-end", "a", 99);
  tell("member-queue-end", "b", 30, "BREAK_OUT");
  tell("member-queue-end", "c", 40, "TIMEOUT");

  EXPECT_EQ(support().calls, 4u);
  EXPECT_EQ(support().answered, 1u);
  EXPECT_EQ(support().abandoned, 1u);
  EXPECT_EQ(support().let_go, 1u);
  EXPECT_EQ(support().still_waiting(), 1u);
}

TEST_F(QueueOutcomesTest, MeasuresWaitsAndTheServiceLevel) {
  for (const char* member : {"a", "b", "c"}) tell("member-queue-start", member, 5);
  tell("bridge-agent-start", "a", 25);
  tell("bridge-agent-start", "b", 65);

  EXPECT_EQ(support().average_wait(), seconds(40));
  EXPECT_EQ(support().longest_wait, seconds(60));
  EXPECT_EQ(support().service_level_permille(), 333u);
}

TEST_F(QueueOutcomesTest, LeavesOutWhoWasThereBefore) {
  tell("bridge-agent-start", "early", 10);
  tell("member-queue-end", "early", 10, "BREAK_OUT");

  EXPECT_TRUE(outcomes_.queues().empty());
}

TEST_F(QueueOutcomesTest, HasNoWaitWhereNobodyWasAnswered) {
  tell("member-queue-start", "a", 0);

  EXPECT_EQ(support().average_wait(), seconds(0));
  EXPECT_EQ(support().service_level_permille(), 0u);
}

}  // namespace
}  // namespace app
