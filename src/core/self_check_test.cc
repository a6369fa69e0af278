// What contradicts itself is found, reported and released. Such states cannot be reached by inputs:
// they are made by editing a saved one.
#include "core/self_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/json_archive.h"
#include "core/rehearsal.h"

namespace core {
namespace {

using Json = nlohmann::json;
using Kind = Violation::Kind;
using std::chrono::seconds;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;

// A state in a saved form that can be damaged, and the core that is made from it.
class Damaged {
 public:
  Damaged(const Rehearsal& stage, const std::function<void(Json&)>& damage) : now_(stage.now()) {
    Json state = Json::parse(stage.saved());
    damage(state);
    base::JsonReader reader(state.dump());
    reader.item(core_);
  }

  std::vector<Kind> kinds() const {
    std::vector<Kind> kinds;
    for (const Violation& violation : core_.violations()) kinds.push_back(violation.kind);
    return kinds;
  }
  // Repairs what is found until nothing is. Returns: what was repaired, each kind once.
  std::vector<Kind> repair() {
    std::vector<Kind> repaired;
    for (int round = 0; round < 5; ++round) {
      for (const Violation& violation : core_.violations()) {
        handle(ViolationSeen{violation});
        if (std::ranges::count(repaired, violation.kind) == 0) repaired.push_back(violation.kind);
      }
      sip_lets_go();
    }
    return repaired;
  }
  void handle(const Input& input) {
    now_ += seconds(1);
    core_.handle(input, now_, made_);
  }

  template <class Order>
  std::vector<Order> orders() const {
    std::vector<Order> found;
    for (const Command& command : made_) {
      const auto* sip = std::get_if<call::SipOrder>(&command);
      if (sip == nullptr) continue;
      if (const auto* order = std::get_if<Order>(sip)) found.push_back(*order);
    }
    return found;
  }
  std::vector<std::string> events(std::string_view subclass, std::string_view header) const {
    std::vector<std::string> found;
    for (const Command& command : made_) {
      const auto* made = std::get_if<Publish>(&command);
      if (made == nullptr || made->event.subclass != subclass) continue;
      found.emplace_back(made->event.get(header));
    }
    return found;
  }
  std::vector<std::string> reports() const { return events("ringmaster::violation", "Violation"); }
  std::vector<std::string> actions() const { return events("callcenter::info", "CC-Action"); }
  std::string log() const {
    std::string text;
    for (const Command& command : made_) {
      if (const auto* line = std::get_if<LogLine>(&command)) text += line->text + "\n";
    }
    return text;
  }
  const queue::Agent& ann() const { return *core_.engine().find_agent("ann"); }
  Floor floor() const { return core_.floor(now_); }
  void check() const {
    core_.check_invariants(now_);
    EXPECT_THAT(core_.violations(), IsEmpty());
  }

 private:
  // What sip does with legs that are hung up.
  void sip_lets_go() {
    const auto hung_up = orders<call::HangUpLeg>();
    for (; let_go_ < hung_up.size(); ++let_go_) handle(call::LegGone{hung_up[let_go_].leg});
    now_ += seconds(2);  // Longer than media may take to count.
    handle(DeadlineReached{});
  }

  Core core_;
  base::Instant now_;
  Commands made_;
  std::size_t let_go_ = 0;
};

// A map of the saved state, as pairs of key and value.
Json& entry(Json& map, std::uint64_t id) {
  for (Json& pair : map) {
    if (pair["key"] == id) return pair["value"];
  }
  ADD_FAILURE() << "no entry " << id << " in " << map.dump().substr(0, 200);
  return map;
}
void erase(Json& map, std::uint64_t id) {
  const auto found =
      std::find_if(map.begin(), map.end(), [id](const Json& pair) { return pair["key"] == id; });
  ASSERT_NE(found, map.end());
  map.erase(found);
}

class SelfCheckRepair : public ::testing::Test {
 protected:
  static Configuration with_ann() {
    Configuration configuration = stage_configuration();
    add_stage_agent(configuration, "ann");
    return configuration;
  }
  void ring() {
    caller_ = stage_.call("q-support");
    agent_ = stage_.last<call::InviteLeg>()->leg;
  }
  void talk() {
    ring();
    stage_.wait(seconds(1));
    stage_.answer(agent_);
    stage_.wait(seconds(1));
  }
  // Of the leg that was made last.
  std::string last_uuid() const {
    std::string uuid;
    for (const Publish& made : stage_.all<Publish>()) {
      if (made.event.name == "CHANNEL_CREATE") uuid = made.event.get("Unique-ID");
    }
    return uuid;
  }
  std::uint64_t offer() const { return stage_.core().engine().find_agent("ann")->offer.value; }
  std::uint64_t member() const { return stage_.core().engine().members().front()->id.value; }

  Rehearsal stage_{with_ann()};
  base::LegId caller_;
  base::LegId agent_;
};

TEST_F(SelfCheckRepair, NothingIsFoundInAStateThatIsWhole) {
  talk();
  Damaged whole(stage_, [](Json&) {});

  EXPECT_THAT(whole.kinds(), IsEmpty());
  EXPECT_THAT(whole.repair(), IsEmpty());
  EXPECT_THAT(whole.reports(), IsEmpty());
}

TEST_F(SelfCheckRepair, AnOfferThatNobodyCallsForFailsAndIsMadeAnew) {
  ring();
  Damaged state(stage_, [&](Json& json) { erase(json["calls"]["offers"], offer()); });
  EXPECT_THAT(state.kinds(), ElementsAre(Kind::OfferWithoutCall));

  state.repair();

  state.check();
  EXPECT_EQ(state.reports().front(), "OfferWithoutCall");
  EXPECT_THAT(state.log(), HasSubstr("ALARM: self-check: ann is offered a call, but nobody calls"));
  EXPECT_EQ(state.orders<call::HangUpLeg>().front().leg, agent_);
  EXPECT_THAT(state.actions(), IsSupersetOf({"bridge-agent-fail", "agent-offering"}));
  EXPECT_EQ(state.floor().waiting, 1u);
}

TEST_F(SelfCheckRepair, APhoneThatRingsForNoOfferStops) {
  ring();
  Damaged state(stage_, [&](Json& json) {
    erase(json["engine"]["offers"], offer());
    entry(json["engine"]["members"], member())["offers"] = Json::array();
    entry(json["engine"]["members"], member())["state"] = 0;
    const std::uint64_t ann = stage_.core().engine().find_agent("ann")->id.value;
    entry(json["engine"]["agents"], ann)["offer"] = 0;
  });
  EXPECT_THAT(state.kinds(), Contains(Kind::CallWithoutOffer));

  state.repair();

  state.check();
  EXPECT_THAT(state.reports(), Contains("CallWithoutOffer"));
  EXPECT_EQ(state.orders<call::HangUpLeg>().front().leg, agent_);
}

TEST_F(SelfCheckRepair, AnAgentBusyWithNothingIsFree) {
  Damaged state(stage_, [&](Json& json) {
    const std::uint64_t ann = stage_.core().engine().find_agent("ann")->id.value;
    entry(json["engine"]["agents"], ann)["state"] = static_cast<int>(queue::AgentState::Receiving);
  });
  EXPECT_THAT(state.kinds(), ElementsAre(Kind::AgentWithoutOffer));

  state.repair();

  state.check();
  EXPECT_EQ(state.ann().state, queue::AgentState::Waiting);
  EXPECT_EQ(state.floor().agents_available, 1u);
}

TEST_F(SelfCheckRepair, ALegThatSipHasLostEndsAndItsPartnerIsFree) {
  talk();
  Damaged state(stage_, [](Json&) {});
  const Violation lost{.kind = Kind::LegUnknownToSip, .leg = caller_};

  state.handle(ViolationSeen{lost});
  state.handle(ViolationSeen{lost});
  EXPECT_THAT(state.reports(), ElementsAre("LegUnknownToSip"));
  state.repair();

  state.check();
  EXPECT_EQ(state.ann().state, queue::AgentState::Waiting);
  EXPECT_THAT(state.actions(), IsSupersetOf({"bridge-agent-end", "member-queue-end"}));
}

TEST_F(SelfCheckRepair, ResourcesThatNobodyHoldsAreCountedAnew) {
  Damaged state(stage_, [](Json& json) {
    const Json usage = {{"held", 2}, {"taken", 0}, {"interval_ends", Json::array()}};
    json["calls"]["limits"]["used"].push_back(
        {{"key", {{"realm", "inbound"}, {"id", "7000"}}}, {"value", usage}});
  });
  EXPECT_THAT(state.kinds(), ElementsAre(Kind::LimitsMiscounted));

  state.repair();

  state.check();
  EXPECT_THAT(state.reports(), ElementsAre("LimitsMiscounted"));
}

TEST_F(SelfCheckRepair, AMemberWhoseCallIsGoneLeavesAndItsPhoneStops) {
  ring();
  Damaged state(stage_, [&](Json& json) { erase(json["calls"]["legs"], caller_.value); });
  EXPECT_THAT(state.kinds(), ElementsAre(Kind::MemberWithoutLeg));

  state.repair();

  state.check();
  EXPECT_EQ(state.floor().waiting, 0u);
  EXPECT_THAT(state.actions(), Contains("member-queue-end"));
  EXPECT_EQ(state.orders<call::HangUpLeg>().front().leg, agent_);
  EXPECT_EQ(state.ann().state, queue::AgentState::Waiting);
}

TEST_F(SelfCheckRepair, ATalkWithoutABridgeEnds) {
  talk();
  Damaged state(stage_, [&](Json& json) {
    entry(json["calls"]["legs"], caller_.value)["bridge"] = 0;
    entry(json["calls"]["legs"], agent_.value)["bridge"] = 0;
  });
  EXPECT_THAT(state.kinds(), Contains(Kind::TalkWithoutBridge));

  state.repair();

  state.check();
  EXPECT_EQ(state.floor().talking, 0u);
  EXPECT_EQ(state.floor().legs, 0u);
  EXPECT_EQ(state.ann().state, queue::AgentState::Waiting);
  EXPECT_THAT(state.actions(), Contains("bridge-agent-end"));
}

TEST_F(SelfCheckRepair, ACallerInAQueueThatDoesNotKnowItGoesOnInItsDialplan) {
  static_cast<void>(stage_.api("callcenter_config agent set status ann 'Logged Out'"));
  caller_ = stage_.call("q-support");
  Damaged state(stage_, [&](Json& json) { json["engine"]["members"] = Json::array(); });
  EXPECT_THAT(state.kinds(), Contains(Kind::LegWithoutMember));

  state.repair();

  state.check();
  EXPECT_EQ(state.floor().legs, 0u);
}

TEST_F(SelfCheckRepair, ALegBridgedToNobodyEnds) {
  talk();
  Damaged state(stage_, [&](Json& json) { erase(json["calls"]["legs"], agent_.value); });
  EXPECT_THAT(state.kinds(), Contains(Kind::BridgeWithOneSide));

  state.repair();

  state.check();
  EXPECT_EQ(state.floor().legs, 0u);
  EXPECT_EQ(state.floor().talking, 0u);
  EXPECT_EQ(state.ann().state, queue::AgentState::Waiting);
}

TEST_F(SelfCheckRepair, ALegThatSipNeverLetGoIsForgotten) {
  stage_.set_stagehands(Stagehands::Idle);
  static_cast<void>(stage_.api("callcenter_config agent set status ann 'Logged Out'"));
  caller_ = stage_.call("q-support");
  stage_.feed(call::LegHungUp{caller_, call::LegHungUp::How::Cancel, {}});
  Damaged state(stage_, [](Json&) {});
  EXPECT_THAT(state.kinds(), ElementsAre(Kind::LegThatNeverGoes));

  state.repair();

  state.check();
  EXPECT_EQ(state.floor().legs, 0u);
}

TEST_F(SelfCheckRepair, ALegThatListensToNobodyGoesOnInItsDialplan) {
  static_cast<void>(stage_.api("callcenter_config agent set status ann 'Logged Out'"));
  caller_ = stage_.call("q-support");
  const std::string watched = last_uuid();
  stage_.call("odd", "1001");
  static_cast<void>(stage_.api("uuid_broadcast " + last_uuid() + " eavesdrop::" + watched));
  Damaged state(stage_, [&](Json& json) {
    erase(json["calls"]["legs"], caller_.value);
    json["engine"]["members"] = Json::array();
  });
  EXPECT_THAT(state.kinds(), ElementsAre(Kind::ListenerWithoutLeg));

  state.repair();

  state.check();
  EXPECT_EQ(state.floor().legs, 1u);  // It was parked before.
}

TEST_F(SelfCheckRepair, WhatIsNotTrueAnyMoreIsLeftAlone) {
  ring();
  Damaged state(stage_, [](Json&) {});

  state.handle(ViolationSeen{{.kind = Kind::OfferWithoutCall, .offer = {offer()}}});
  state.handle(ViolationSeen{{.kind = Kind::MemberWithoutLeg, .member = {99}}});
  state.handle(ViolationSeen{{.kind = Kind::BridgeWithOneSide, .leg = caller_}});

  EXPECT_THAT(state.reports(), IsEmpty());
  EXPECT_THAT(state.orders<call::HangUpLeg>(), IsEmpty());
}

// ---- what counts as one
// --------------------------------------------------------------------------

TEST(SelfCheck, WhatIsSeenTwiceIsReportedOnce) {
  const Violation offer{.kind = Kind::OfferWithoutCall, .offer = {7}};
  SelfCheck check;
  const base::Instant start = base::instant_ms(1'000);

  EXPECT_THAT(check.judge({offer}, start), IsEmpty());
  EXPECT_THAT(check.judge({offer}, start + seconds(1)), ElementsAre(offer));
  EXPECT_THAT(check.judge({offer}, start + seconds(2)), IsEmpty());
  EXPECT_THAT(check.judge({offer}, start + seconds(1) + SelfCheck::kRepeat), ElementsAre(offer));
  EXPECT_EQ(check.looks(), 4u);
}

TEST(SelfCheck, WhatWasGoneMeanwhileBeginsAnew) {
  const Violation offer{.kind = Kind::OfferWithoutCall, .offer = {7}};
  SelfCheck check;
  const base::Instant start = base::instant_ms(1'000);

  EXPECT_THAT(check.judge({offer}, start), IsEmpty());
  EXPECT_THAT(check.judge({}, start + seconds(1)), IsEmpty());
  EXPECT_THAT(check.judge({offer}, start + seconds(2)), IsEmpty());
}

TEST(SelfCheck, WhatMayBeMeantGetsAMinute) {
  const Violation agent{.kind = Kind::AgentWithoutOffer, .agent = {3}};
  SelfCheck check;
  const base::Instant start = base::instant_ms(1'000);

  for (int second = 0; second < 60; ++second) {
    EXPECT_THAT(check.judge({agent}, start + seconds(second)), IsEmpty());
  }
  EXPECT_THAT(check.judge({agent}, start + seconds(60)), ElementsAre(agent));
}

}  // namespace
}  // namespace core
