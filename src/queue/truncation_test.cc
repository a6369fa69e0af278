#include "queue/truncation.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "queue/engine.h"

namespace queue {
namespace {

using base::instant_ms;

class TruncationTest : public testing::Test {
 protected:
  TruncationTest() : engine_(1, {.unix_ms_at_origin = 1'700'000'000'000}) {
    settings_.queues.resize(1);
    settings_.queues[0].name = "support";
    AgentSettings ann;
    ann.name = "ann";
    ann.type = "Callback";
    ann.status = AgentStatus::Available;
    settings_.agents.push_back(ann);
    settings_.tiers.push_back({.queue = "support", .agent = "ann", .level = 1, .position = 1});
    engine_.configure(settings_, instant_ms(0), out_);
    // What somebody has done since.
    engine_.set_agent("status", "ann", "On Break", instant_ms(1), out_);
    engine_.remove_tier("support", "ann", instant_ms(1), out_);
    engine_.add_agent("bob", "Callback", instant_ms(1), out_);
    engine_.add_tier({.queue = "support", .agent = "bob", .level = 3, .position = 3}, instant_ms(1),
                     out_);
  }

  void start() {
    engine_.configure_anew(settings_, instant_ms(10), out_);
    engine_.check_invariants(instant_ms(10));
  }
  std::set<std::string> agents() const {
    std::set<std::string> names;
    for (const Agent* agent : engine_.agents()) names.insert(agent->name);
    return names;
  }
  std::set<std::string> tiers() const {
    std::set<std::string> names;
    for (const Tier* tier : engine_.tiers()) names.insert(engine_.agent(tier->agent)->name);
    return names;
  }

  Engine engine_;
  CallCenterSettings settings_;
  Commands out_;
};

TEST_F(TruncationTest, WithoutItWhatTheApiMadeStays) {
  start();

  EXPECT_EQ(agents(), (std::set<std::string>{"ann", "bob"}));
  EXPECT_EQ(tiers(), (std::set<std::string>{"bob"}));
  EXPECT_EQ(engine_.find_agent("ann")->status, AgentStatus::OnBreak);
}

TEST_F(TruncationTest, OfAgentsBringsBackThoseOfTheConfigurationAsItWritesThem) {
  settings_.truncate_agents_on_load = true;

  start();

  EXPECT_EQ(agents(), (std::set<std::string>{"ann"}));
  EXPECT_EQ(engine_.find_agent("ann")->status, AgentStatus::Available);
}

TEST_F(TruncationTest, OfTiersBringsBackThoseOfTheConfiguration) {
  settings_.truncate_tiers_on_load = true;

  start();

  EXPECT_EQ(agents(), (std::set<std::string>{"ann", "bob"}));
  EXPECT_EQ(tiers(), (std::set<std::string>{"ann"}));
}

TEST_F(TruncationTest, OfAgentsKeepsTheTiersOfThoseWhoComeBack) {
  settings_.tiers.clear();
  engine_.add_tier({.queue = "support", .agent = "ann", .level = 5, .position = 6}, instant_ms(2),
                   out_);
  settings_.truncate_agents_on_load = true;

  start();

  ASSERT_EQ(tiers(), (std::set<std::string>{"ann"}));
  EXPECT_EQ(engine_.tiers()[0]->level, 5);
}

TEST_F(TruncationTest, AnAgentWhoTalksGoesOnTalking) {
  settings_.truncate_agents_on_load = true;
  engine_.set_agent("status", "bob", "Available", instant_ms(2), out_);
  MemberJoined joined;
  joined.leg = base::LegId{1};
  joined.queue = "support";
  engine_.handle(joined, instant_ms(3), out_);
  ASSERT_EQ(engine_.offers().size(), 1U);

  start();

  EXPECT_EQ(agents(), (std::set<std::string>{"ann"}));
  EXPECT_EQ(engine_.offers().size(), 1U);
}

}  // namespace
}  // namespace queue
