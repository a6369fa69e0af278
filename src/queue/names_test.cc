#include "queue/names.h"

#include <gtest/gtest.h>

namespace queue {
namespace {

TEST(Names, StatusIsReadInAnyCaseAndShownCanonically) {
  for (const auto status : {AgentStatus::LoggedOut, AgentStatus::Available,
                            AgentStatus::AvailableOnDemand, AgentStatus::OnBreak}) {
    EXPECT_EQ(parse_agent_status(to_text(status)), status);
  }
  EXPECT_EQ(parse_agent_status("available (ON demand)"), AgentStatus::AvailableOnDemand);
  EXPECT_EQ(to_text(AgentStatus::LoggedOut), "Logged Out");
}

TEST(Names, StatesAreReadInAnyCase) {
  for (const auto state : {AgentState::Waiting, AgentState::Receiving, AgentState::InAQueueCall,
                           AgentState::Idle, AgentState::Reserved}) {
    EXPECT_EQ(parse_agent_state(to_text(state)), state);
  }
  for (const auto state : {TierState::Ready, TierState::NoAnswer, TierState::Offering,
                           TierState::ActiveInbound, TierState::Standby}) {
    EXPECT_EQ(parse_tier_state(to_text(state)), state);
  }
  EXPECT_EQ(parse_agent_state("IN A QUEUE CALL"), AgentState::InAQueueCall);
  EXPECT_EQ(parse_tier_state("no answer"), TierState::NoAnswer);
}

TEST(Names, OtherWordsAreRefused) {
  for (const char* word : {"", "Unknown", "Avail", "Available ", "Lunch"}) {
    EXPECT_EQ(parse_agent_status(word), std::nullopt) << word;
    EXPECT_EQ(parse_agent_state(word), std::nullopt) << word;
    EXPECT_EQ(parse_tier_state(word), std::nullopt) << word;
  }
}

TEST(Names, MembersAndCausesAreSpeltAsTheOriginalDoes) {
  EXPECT_EQ(to_text(MemberState::Abandoned), "Abandoned");
  EXPECT_EQ(to_text(ExitCause::None), "NONE");
  EXPECT_EQ(to_text(ExitCause::Timeout), "TIMEOUT");
  EXPECT_EQ(to_text(ExitCause::NoAgentTimeout), "NO_AGENT_TIMEOUT");
  EXPECT_EQ(to_text(ExitCause::BreakOut), "BREAK_OUT");
  EXPECT_EQ(to_text(ExitCause::ExitWithKey), "EXIT_WITH_KEY");
}

TEST(Names, AgentTypesAreTwo) {
  EXPECT_TRUE(is_agent_type("callback"));
  EXPECT_TRUE(is_agent_type("UUID-Standby"));
  EXPECT_FALSE(is_agent_type("robot"));
  EXPECT_FALSE(is_agent_type(""));
}

}  // namespace
}  // namespace queue
