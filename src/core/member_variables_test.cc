// Variables of a caller that strategies write and that bridges read (spec/07).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/rehearsal.h"

namespace core {
namespace {

class MemberVariables : public ::testing::Test {
 protected:
  static Rehearsal stage_with(const std::string& strategy) {
    Configuration made = stage_configuration();
    for (auto& queue : made.call_center.queues) queue.strategy = strategy;
    add_stage_agent(made, "ann");
    for (auto& tier : made.call_center.tiers) {
      tier.level = 2;
      tier.position = 7;
    }
    return Rehearsal(made);
  }
  static std::string caller_of(const Rehearsal& stage) {
    for (const Publish& publish : stage.all<Publish>()) {
      if (publish.event.name == "CHANNEL_CREATE") {
        return std::string(publish.event.get("Unique-ID"));
      }
    }
    return {};
  }
  static std::string variable(Rehearsal& stage, const std::string& name) {
    return stage.api("uuid_getvar " + caller_of(stage) + " " + name);
  }
  static void set(Rehearsal& stage, const std::string& name, const std::string& value) {
    EXPECT_EQ(stage.api("uuid_setvar " + caller_of(stage) + " " + name + " '" + value + "'"),
              "+OK\n");
  }
};

TEST_F(MemberVariables, TopDownTellsWhereItIs) {
  Rehearsal stage = stage_with("top-down");
  stage.call("q-support");
  EXPECT_EQ(variable(stage, "cc_last_agent_tier_level"), "2");
  EXPECT_EQ(variable(stage, "cc_last_agent_tier_position"), "7");
  EXPECT_EQ(variable(stage, "cc_last_originated_call"), "_undef_");
}

TEST_F(MemberVariables, RingProgressivelyTellsWhenItAskedLast) {
  Rehearsal stage = stage_with("ring-progressively");
  stage.call("q-support");
  EXPECT_EQ(variable(stage, "cc_last_originated_call"), variable(stage, "cc_queue_joined_epoch"));
  EXPECT_EQ(variable(stage, "cc_last_agent_tier_level"), "_undef_");
}

TEST_F(MemberVariables, AnApplicationIsRunOnTheCallerWhenItsBridgeBegins) {
  Rehearsal stage = stage_with("longest-idle-agent");
  stage.call("q-support");
  set(stage, "bridge_pre_execute_aleg_app", "set");
  set(stage, "bridge_pre_execute_aleg_data", "talks_with=${cc_agent}");
  EXPECT_EQ(variable(stage, "talks_with"), "_undef_");

  stage.answer(stage.last<call::InviteLeg>()->leg);

  EXPECT_EQ(variable(stage, "talks_with"), "ann");
}

TEST_F(MemberVariables, OneThatEndsTheCallEndsTheConversation) {
  Rehearsal stage = stage_with("longest-idle-agent");
  stage.call("q-support");
  set(stage, "bridge_pre_execute_aleg_app", "hangup");

  stage.answer(stage.last<call::InviteLeg>()->leg);

  EXPECT_EQ(stage.api("show channels count"), "\n0 total.\n");
  EXPECT_EQ(stage.core().engine().find_agent("ann")->state, queue::AgentState::Waiting);
}

}  // namespace
}  // namespace core
