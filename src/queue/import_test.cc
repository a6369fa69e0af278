#include "queue/import.h"

#include <gtest/gtest.h>

#include "queue/engine.h"

namespace queue {
namespace {

using base::instant_ms;

constexpr std::int64_t kOrigin = 1'700'000'000'000;

ImportedAgent row(const std::string& name) {
  return {.name = name,
          .type = "Callback",
          .contact = "user/" + name,
          .status = "Available",
          .max_no_answer = 3,
          .wrap_up_seconds = 10,
          .last_bridge_start = 1'699'999'000,
          .last_bridge_end = 1'699'999'100,
          .last_offered_call = 1'699'998'990,
          .last_status_change = 1'699'990'000,
          .no_answer_count = 1,
          .calls_answered = 7,
          .talk_seconds = 300};
}

class ImportTest : public testing::Test {
 protected:
  ImportTest() : engine_(1, {.unix_ms_at_origin = kOrigin}) {
    settings_.queues.resize(1);
    settings_.queues[0].name = "support";
  }

  void import(const ImportedRows& rows) {
    engine_.configure(settings_, instant_ms(0), out_);
    engine_.import_rows(rows, instant_ms(10), out_);
    engine_.check_invariants(instant_ms(10));
  }
  const Agent& agent(const std::string& name) { return *engine_.find_agent(name); }

  Engine engine_;
  CallCenterSettings settings_;
  Commands out_;
};

TEST_F(ImportTest, KeepsStatusAndCountersAndSetsTheStateToWaiting) {
  import({.agents = {row("ann")}, .tiers = {}});

  EXPECT_EQ(agent("ann").status, AgentStatus::Available);
  EXPECT_EQ(agent("ann").state, AgentState::Waiting);
  EXPECT_EQ(agent("ann").contact, "user/ann");
  EXPECT_EQ(agent("ann").max_no_answer, 3);
  EXPECT_EQ(agent("ann").wrap_up_seconds, 10);
  EXPECT_EQ(agent("ann").calls_answered, 7);
  EXPECT_EQ(agent("ann").talk_time, std::chrono::seconds(300));
  EXPECT_EQ(engine_.anchor().unix_seconds(*agent("ann").last_bridge_end), 1'699'999'100);
  EXPECT_EQ(engine_.anchor().unix_seconds(*agent("ann").last_status_change), 1'699'990'000);
}

TEST_F(ImportTest, WhatTheConfigurationWritesStands) {
  settings_.agents.push_back({.name = "ann",
                              .type = "Callback",
                              .contact = "user/xml",
                              .status = AgentStatus::OnBreak,
                              .wrap_up_seconds = 0,
                              .max_no_answer = {},
                              .reject_delay_seconds = {},
                              .busy_delay_seconds = {},
                              .no_answer_delay_seconds = {}});

  import({.agents = {row("ann")}, .tiers = {}});

  EXPECT_EQ(agent("ann").contact, "user/xml");
  EXPECT_EQ(agent("ann").status, AgentStatus::OnBreak);
  EXPECT_EQ(agent("ann").wrap_up_seconds, 0);
  EXPECT_EQ(agent("ann").max_no_answer, 3);
  EXPECT_EQ(agent("ann").calls_answered, 7);
}

TEST_F(ImportTest, ATierOfTheConfigurationKeepsWhatItWrites) {
  settings_.agents.push_back({.name = "ann",
                              .type = "Callback",
                              .contact = {},
                              .status = {},
                              .wrap_up_seconds = {},
                              .max_no_answer = {},
                              .reject_delay_seconds = {},
                              .busy_delay_seconds = {},
                              .no_answer_delay_seconds = {}});
  settings_.tiers.push_back({.queue = "support", .agent = "ann", .level = 1, .position = {}});

  import({.agents = {row("ann"), row("bob")}, .tiers = {
            {"Support", "ann", 4, 5},
            {"support", "bob", 2, 3},
            { "gone",
              "bob",
              1,
              1 }
          }});

  ASSERT_EQ(engine_.tiers().size(), 2U);
  EXPECT_EQ(engine_.tiers()[0]->level, 1);
  EXPECT_EQ(engine_.tiers()[0]->position, 5);
  EXPECT_EQ(engine_.tiers()[1]->level, 2);
  EXPECT_EQ(engine_.tiers()[1]->position, 3);
}

TEST_F(ImportTest, ARowThatCannotBeUsedIsLeftOut) {
  ImportedAgent odd = row("odd");
  odd.type = "robot";
  ImportedAgent wild = row("wild");
  wild.status = "asleep";
  wild.calls_answered = -5;
  wild.talk_seconds = std::numeric_limits<std::int64_t>::max();
  wild.ready_time = std::numeric_limits<std::int64_t>::max();

  import({.agents = {odd, wild, ImportedAgent {}}, .tiers = {}});

  ASSERT_EQ(engine_.agents().size(), 1U);
  EXPECT_EQ(agent("wild").status, AgentStatus::LoggedOut);
  EXPECT_EQ(agent("wild").calls_answered, 0);
}

TEST_F(ImportTest, AnImportThatComesTwiceAddsNothing) {
  import({.agents = {row("ann")}, .tiers = { { "support", "ann", 2, 2 } }});
  engine_.set_agent("status", "ann", "On Break", instant_ms(20), out_);
  ImportedAgent other = row("ann");
  other.calls_answered = 99;

  engine_.import_rows({.agents = {other}, .tiers = {{"support", "ann", 3, 3}}}, instant_ms(30),
                      out_);

  EXPECT_EQ(agent("ann").status, AgentStatus::OnBreak);
  EXPECT_EQ(agent("ann").calls_answered, 7);
  EXPECT_EQ(engine_.tiers()[0]->level, 2);
}

}  // namespace
}  // namespace queue
