// uuid_bridge and uuid_hold: what commands do to two legs.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/rehearsal.h"

namespace core {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class RequestBridge : public ::testing::Test {
 protected:
  static Configuration configuration() {
    Configuration made = stage_configuration();
    add_stage_agent(made, "ann");
    return made;
  }
  struct Party {
    base::LegId leg;
    std::string uuid;
  };
  Party call(std::string_view number, std::string_view from) {
    const base::LegId leg = stage_.call(number, from);
    std::string uuid;
    for (const Publish& publish : stage_.all<Publish>()) {
      if (publish.event.name == "CHANNEL_CREATE" &&
          publish.event.get("Call-Direction") == "inbound" &&
          publish.event.get("Caller-Caller-ID-Number") == from) {
        uuid = publish.event.get("Unique-ID");
      }
    }
    return {leg, uuid};
  }
  static std::string leg_text(const Party& party) {
    return "leg " + std::to_string(party.leg.value);
  }
  std::vector<base::LegId> hung_up() const {
    std::vector<base::LegId> legs;
    for (const auto& order : stage_.all<call::HangUpLeg>()) legs.push_back(order.leg);
    return legs;
  }
  std::string bridge(const Party& one, const Party& other) {
    return stage_.api("uuid_bridge " + one.uuid + " " + other.uuid);
  }

  Rehearsal stage_{configuration(), Persistence::SavedEachTime};
};

TEST_F(RequestBridge, TwoWhoWaitLeaveTheirQueuesAndHearEachOther) {
  const Party one = call("q-sales", "6001");
  const Party other = call("q-sales", "6002");

  EXPECT_EQ(bridge(one, other), "+OK " + other.uuid + "\n");

  EXPECT_EQ(stage_.hears(one.leg), leg_text(other));
  EXPECT_EQ(stage_.hears(other.leg), leg_text(one));
  int left = 0;
  for (const Publish& publish : stage_.all<Publish>()) {
    left += publish.event.get("CC-Cancel-Reason") == "BREAK_OUT" ? 1 : 0;
  }
  EXPECT_EQ(left, 2);
  EXPECT_EQ(stage_.core().floor(stage_.now()).waiting, 0u);

  stage_.hang_up(one.leg);
  EXPECT_THAT(hung_up(), Contains(other.leg));
}

TEST_F(RequestBridge, AConversationEndsAndItsAgentIsFree) {
  const Party caller = call("q-support", "6001");
  const base::LegId agent = stage_.last<call::InviteLeg>()->leg;
  stage_.answer(agent);
  const Party parked = call("odd", "6002");

  EXPECT_THAT(bridge(caller, parked), HasSubstr("+OK"));

  EXPECT_EQ(stage_.hears(caller.leg), leg_text(parked));
  EXPECT_THAT(hung_up(), Contains(agent));
  EXPECT_EQ(stage_.core().engine().find_agent("ann")->state, queue::AgentState::Waiting);
}

TEST_F(RequestBridge, WhoIsLeftIsParkedIfItsVariableSaysSo) {
  const Party one = call("odd", "6001");
  const Party other = call("odd", "6002");
  stage_.api("uuid_setvar " + other.uuid + " park_after_bridge true");
  bridge(one, other);

  stage_.hang_up(one.leg);

  EXPECT_THAT(hung_up(), Not(Contains(other.leg)));
  EXPECT_EQ(stage_.api("uuid_exists " + other.uuid), "true");
}

TEST_F(RequestBridge, SurvivesARestart) {
  const Party one = call("odd", "6001");
  const Party other = call("odd", "6002");
  bridge(one, other);

  stage_.restart();

  EXPECT_EQ(stage_.hears(one.leg), leg_text(other));
  stage_.hang_up(other.leg);
  EXPECT_THAT(hung_up(), Contains(one.leg));
}

TEST_F(RequestBridge, WhatCannotBeBridgedStaysAsItIs) {
  const Party one = call("q-sales", "6001");
  EXPECT_EQ(bridge(one, one), "-ERR Not possible now!\n");
  EXPECT_EQ(stage_.api("uuid_bridge " + one.uuid + " nobody"), "-ERR No such channel!\n");
  EXPECT_THAT(stage_.api("uuid_bridge " + one.uuid), HasSubstr("-USAGE: <uuid> <other_uuid>"));
  EXPECT_EQ(stage_.core().floor(stage_.now()).waiting, 1u);
}

TEST_F(RequestBridge, AHeldLegHearsNothingAndTheOtherItsMusic) {
  const Party caller = call("q-support", "6001");
  const base::LegId agent = stage_.last<call::InviteLeg>()->leg;
  stage_.answer(agent);
  stage_.api("uuid_setvar " + caller.uuid + " hold_music tone_stream://%(100,0,800)");
  stage_.forget();

  EXPECT_EQ(stage_.api("uuid_hold " + caller.uuid), "+OK Success\n");
  EXPECT_EQ(stage_.hears(agent), "tone_stream://%(100,0,800)");
  EXPECT_EQ(stage_.hears(caller.leg), "silence_stream://-1");
  EXPECT_THAT(stage_.events(), Contains("CHANNEL_HOLD"));
  // A second time nothing changes.
  stage_.api("uuid_hold " + caller.uuid);
  EXPECT_THAT(stage_.all<call::PlaySound>(), SizeIs(2));

  EXPECT_EQ(stage_.api("uuid_hold off " + caller.uuid), "+OK Success\n");
  EXPECT_EQ(stage_.hears(agent), leg_text(caller));
  EXPECT_THAT(stage_.events(), Contains("CHANNEL_UNHOLD"));
}

TEST_F(RequestBridge, NobodyIsHeldOutsideOfAConversation) {
  const Party caller = call("q-sales", "6001");
  EXPECT_EQ(stage_.api("uuid_hold " + caller.uuid), "-ERR Not possible now!\n");
  EXPECT_THAT(stage_.api("uuid_hold"), HasSubstr("-USAGE: [off|toggle] <uuid> [<display>]"));
  EXPECT_THAT(stage_.all<call::HangUpLeg>(), IsEmpty());
}

}  // namespace
}  // namespace core
