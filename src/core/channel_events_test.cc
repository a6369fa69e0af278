// What outside programs see of a leg in its events (spec/06 §1).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "core/rehearsal.h"

namespace core {
namespace {

using ::testing::Contains;
using ::testing::IsSupersetOf;
using ::testing::Not;

class ChannelEvents : public ::testing::Test {
 protected:
  static Configuration configuration() {
    Configuration made = stage_configuration();
    add_stage_agent(made, "ann");
    return made;
  }
  base::EslEvent event(std::string_view action) {
    for (const Publish& publish : stage_.all<Publish>()) {
      if (publish.event.get("CC-Action") == action || publish.event.name == action) {
        return publish.event;
      }
    }
    ADD_FAILURE() << "no event " << action;
    return {};
  }
  static std::vector<std::string> names(const base::EslEvent& event) {
    std::vector<std::string> all;
    for (const auto& [name, value] : event.headers) all.push_back(name);
    return all;
  }

  Rehearsal stage_{configuration()};
};

TEST_F(ChannelEvents, MembersChannelStandsBeforeTheQueuesHeaders) {
  stage_.call("q-support");

  const base::EslEvent start = event("member-queue-start");
  const auto all = names(start);
  const auto queue = std::find(all.begin(), all.end(), "CC-Queue");
  const auto variable = std::find(all.begin(), all.end(), "variable_cc_side");
  ASSERT_NE(queue, all.end());
  EXPECT_LT(variable, queue);
  EXPECT_EQ(all.front(), "Channel-State");
  EXPECT_EQ(all.back().rfind("CC-", 0), 0u);
}

TEST_F(ChannelEvents, MembersChannelHasTheFieldsOfTheOriginal) {
  stage_.call("q-support", "6001", "Ann & Bob: 100%");

  const base::EslEvent start = event("member-queue-start");
  EXPECT_THAT(
      names(start),
      IsSupersetOf({"Caller-ANI", "Caller-Caller-ID-Name", "Caller-Caller-ID-Number",
                    "Caller-Channel-Name", "Caller-Context", "Caller-Destination-Number",
                    "Caller-Dialplan", "Caller-Direction", "Caller-Logical-Direction",
                    "Caller-Network-Addr", "Caller-Orig-Caller-ID-Name", "Caller-Privacy-Hide-Name",
                    "Caller-Profile-Index", "Caller-Screen-Bit", "Caller-Source",
                    "Caller-Unique-ID", "Caller-Username", "Caller-Channel-Answered-Time"}));
  EXPECT_THAT(names(start), Not(Contains("Caller-RDNIS")));
  EXPECT_EQ(start.get("Channel-State"), "CS_EXECUTE");
  EXPECT_EQ(start.get("Channel-Call-State"), "ACTIVE");
  EXPECT_EQ(start.get("Answer-State"), "answered");
  EXPECT_EQ(start.get("Call-Direction"), "inbound");
  EXPECT_EQ(start.get("Caller-Caller-ID-Name"), "Ann & Bob: 100%");
  EXPECT_EQ(start.get("Caller-Destination-Number"), "q-support");
  EXPECT_EQ(start.get("Caller-Context"), "default");
  EXPECT_EQ(start.get("Caller-Source"), "mod_sofia");
  EXPECT_EQ(start.get("Channel-Call-UUID"), start.get("Unique-ID"));
  EXPECT_EQ(start.get("variable_sip_call_id"), "call-1");
  EXPECT_EQ(start.get("variable_sip_from_user"), "6001");
  EXPECT_EQ(start.get("variable_uuid"), start.get("Unique-ID"));
}

TEST_F(ChannelEvents, NoHeaderIsEmpty) {
  const base::LegId caller = stage_.call("q-support", "6001", "");
  stage_.answer(stage_.last<call::InviteLeg>()->leg);
  stage_.hang_up(caller);

  for (const Publish& publish : stage_.all<Publish>()) {
    for (const auto& [name, value] : publish.event.headers) EXPECT_NE(value, "") << name;
  }
}

TEST_F(ChannelEvents, AgentsEventIsAboutTheAgentsLeg) {
  stage_.call("q-support");
  stage_.answer(stage_.last<call::InviteLeg>()->leg);

  const base::EslEvent start = event("bridge-agent-start");
  EXPECT_EQ(start.get("Call-Direction"), "outbound");
  EXPECT_EQ(start.get("Unique-ID"), start.get("CC-Agent-UUID"));
  EXPECT_EQ(start.get("Channel-Name"), "sofia/internal/ann@127.0.0.1:5070");
}

TEST_F(ChannelEvents, BridgeNamesTheOtherLeg) {
  stage_.call("q-support");
  stage_.answer(stage_.last<call::InviteLeg>()->leg);

  const base::EslEvent bridge = event("CHANNEL_BRIDGE");
  EXPECT_EQ(bridge.get("Other-Type"), "originatee");
  EXPECT_EQ(bridge.get("Other-Leg-Direction"), "outbound");
  EXPECT_EQ(bridge.get("variable_signal_bond"), bridge.get("Other-Leg-Unique-ID"));
}

TEST_F(ChannelEvents, EndOfALegCarriesItsTimes) {
  const base::LegId caller = stage_.call("q-support");
  stage_.wait(std::chrono::seconds(7));
  stage_.hang_up(caller);

  const auto end = stage_.hangup_of("inbound");
  EXPECT_EQ(end->get("variable_duration"), "7");
  EXPECT_EQ(end->get("variable_billsec"), "7");
  EXPECT_EQ(end->get("variable_start_epoch"), "1767323046");
  EXPECT_EQ(end->get("variable_end_epoch"), "1767323053");
  EXPECT_EQ(end->get("variable_hangup_cause_q850"), "16");
  EXPECT_EQ(end->get("variable_sip_hangup_disposition"), "recv_bye");
  EXPECT_EQ(end->get("Caller-Channel-Hangup-Time"), "1767323053000000");
  EXPECT_EQ(end->get("Channel-Call-State"), "HANGUP");
}

TEST_F(ChannelEvents, UnansweredAgentHasNoBilledSecond) {
  const base::LegId caller = stage_.call("q-support");
  stage_.wait(std::chrono::seconds(3));
  stage_.hang_up(caller);

  const auto end = stage_.hangup_of("outbound");
  EXPECT_EQ(end->get("variable_billsec"), "0");
  EXPECT_EQ(end->get("variable_answer_epoch"), "");
  EXPECT_EQ(end->get("variable_sip_hangup_disposition"), "send_cancel");
}

TEST_F(ChannelEvents, EventsOfOneCallComeInTheOrderOfTheOriginal) {
  const base::LegId caller = stage_.call("q-support");
  stage_.answer(stage_.last<call::InviteLeg>()->leg);
  stage_.hang_up(caller);

  EXPECT_THAT(
      stage_.events(),
      ::testing::ElementsAre(
          "CHANNEL_CREATE", "CHANNEL_ANSWER", "member-queue-start", "members-count 1",
          "PRESENCE_IN", "agent-state-change ann Receiving", "agent-offering ann", "CHANNEL_CREATE",
          "CHANNEL_ANSWER", "bridge-agent-start ann", "CHANNEL_BRIDGE", "members-count 0",
          "PRESENCE_IN", "agent-state-change ann In a queue call", "CHANNEL_HANGUP",
          "CHANNEL_UNBRIDGE", "CHANNEL_HANGUP", "bridge-agent-end ann SUCCESS",
          "member-queue-end ann SUCCESS Terminated", "agent-state-change ann Waiting",
          "CHANNEL_HANGUP_COMPLETE", "CHANNEL_HANGUP_COMPLETE"));
}

}  // namespace
}  // namespace core
