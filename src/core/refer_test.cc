// A phone sends its partner elsewhere by REFER. Each also with the core saved and restored before
// every input.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/call_flow_testing.h"

namespace core {
namespace {

using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Refer : public CallFlow {
 protected:
  Refer() : stage_(with_agents({"ann"}), GetParam()) {}

  // What the REFER is answered with.
  int refer(base::LegId who, const std::string& target) {
    stage_.forget();
    stage_.feed(call::LegReferred{who, target, "127.0.0.1"});
    const auto answers = stage_.all<call::AnswerRefer>();
    return answers.size() == 1 && answers[0].leg == who ? answers[0].status : 0;
  }
  std::string state_of_ann() { return stage_.api("callcenter_config agent get state ann"); }
  std::vector<base::LegId> ended() const {
    std::vector<base::LegId> legs;
    for (const auto& order : stage_.all<call::HangUpLeg>()) legs.push_back(order.leg);
    return legs;
  }

  Rehearsal stage_;
};

INSTANTIATE_TEST_SUITE_P(, Refer, both_persistences(), name_of_persistence);

TEST_P(Refer, OfAnAgentSendsTheCallerOnAndFreesTheAgent) {
  const Pair pair = talk(stage_, "q-support");

  EXPECT_EQ(refer(pair.agent, "sleepy"), 202);

  EXPECT_EQ(stage_.last<call::AnswerRefer>()->outcome, 200);
  EXPECT_THAT(ended(), ElementsAre(pair.agent));
  EXPECT_EQ(stage_.hangup_of("outbound")->get("Hangup-Cause"), "NORMAL_CLEARING");
  EXPECT_THAT(stage_.queue_events(),
              ElementsAre("bridge-agent-end ann SUCCESS", "member-queue-end ann SUCCESS Terminated",
                          "agent-state-change ann Waiting"));
  EXPECT_EQ(state_of_ann(), "Waiting");
  stage_.wait(seconds(3));
  const auto caller = stage_.hangup_of("inbound");
  EXPECT_EQ(variable(caller, "cc_cause"), "answered");
  EXPECT_NE(variable(caller, "cc_queue_terminated_epoch"), "");
  EXPECT_EQ(caller->get("Caller-Destination-Number"), "sleepy");
}

// The phone waits for the answer to its REFER before it lets go.
TEST_P(Refer, IsAnsweredBeforeTheReferrersLegEnds) {
  const Pair pair = talk(stage_, "q-support");
  stage_.forget();

  stage_.feed(call::LegReferred{pair.agent, "sleepy", "127.0.0.1"});

  std::vector<std::string> orders;
  for (const std::string& line : stage_.trace()) {
    for (const char* order : {"AnswerRefer", "HangUpLeg"}) {
      if (line.find(order) != std::string::npos) orders.emplace_back(order);
    }
  }
  EXPECT_THAT(orders, ElementsAre("AnswerRefer", "HangUpLeg"));
}

TEST_P(Refer, ToAnotherQueueLetsTheCallerWaitThere) {
  const Pair pair = talk(stage_, "q-support");

  EXPECT_EQ(refer(pair.agent, "q-sales"), 202);

  EXPECT_EQ(stage_.hears(pair.caller), kMusic);
  EXPECT_EQ(stage_.api("callcenter_config queue count members sales@default"), "1\n");
}

TEST_P(Refer, OfAnUnknownCallerIsForbidden) {
  const Pair pair = talk(stage_, "q-support");

  EXPECT_EQ(refer(pair.caller, "sleepy"), 403);

  EXPECT_THAT(ended(), IsEmpty());
  EXPECT_EQ(state_of_ann(), "In a queue call");
}

TEST_P(Refer, OfAPhoneThatTalksToNobodyIsDeclined) {
  const Pair pair = talk(stage_, "after-support");
  const std::string uuid = stage_.api("callcenter_config agent get uuid ann");
  stage_.api("uuid_transfer " + uuid + " sleepy");

  EXPECT_EQ(refer(pair.agent, "q-sales"), 603);

  EXPECT_THAT(ended(), IsEmpty());
}

TEST_P(Refer, ThatTakesOverAnotherCallIsNotImplemented) {
  const Pair pair = talk(stage_, "q-support");
  stage_.forget();

  stage_.feed(call::LegReferred{pair.agent, "sleepy", "127.0.0.1", true});

  EXPECT_EQ(stage_.last<call::AnswerRefer>()->status, 501);
  EXPECT_THAT(ended(), IsEmpty());
}

}  // namespace
}  // namespace core
