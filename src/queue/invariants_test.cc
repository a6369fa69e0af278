// Each rule is told when it is broken: a saved state is damaged and read again.
#include "queue/invariants.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <nlohmann/json.hpp>

#include "base/json_archive.h"
#include "queue/engine.h"

namespace queue {
namespace {

using base::instant_ms;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Json = nlohmann::json;

// The first row of a table in a saved state.
Json& row(Json& state, const char* table) {
  return state[table][0]["value"];
}

// Ann's phone rings for one caller, and another waits.
class Invariants : public testing::Test {
 protected:
  Invariants() : engine_(1, {.unix_ms_at_origin = 1'700'000'000'000}) {
    CallCenterSettings settings;
    settings.queues.resize(1);
    settings.queues[0].name = "support";
    engine_.configure(settings, instant_ms(0), out_);
    engine_.add_agent("ann", "callback", instant_ms(0), out_);
    engine_.set_agent("contact", "ann", "user/ann", instant_ms(0), out_);
    engine_.set_agent("status", "ann", "Available", instant_ms(0), out_);
    engine_.add_tier({.queue = "support", .agent = "ann", .level = {}, .position = {}},
                     instant_ms(0), out_);
    for (std::uint64_t leg : {1, 3}) {
      MemberJoined joined;
      joined.leg = base::LegId{leg};
      joined.queue = "support";
      engine_.handle(joined, instant_ms(1), out_);
    }
  }

  static Engine loaded(const Json& state) {
    Engine engine(1, {});
    base::JsonReader reader(state.dump());
    reader.item(engine);
    return engine;
  }
  std::vector<std::string> broken_by(const std::function<void(Json&)>& damage) {
    Json state = Json::parse(base::to_json(engine_));
    damage(state);
    return loaded(state).broken_rules(instant_ms(2));
  }

  Engine engine_;
  Commands out_;
};

TEST_F(Invariants, HoldInASoundState) {
  EXPECT_THAT(engine_.broken_rules(instant_ms(2)), IsEmpty());
  EXPECT_THAT(broken_by([](Json&) {}), IsEmpty());
}

TEST_F(Invariants, TellWhichOfAnOfferIsMissing) {
  EXPECT_THAT(broken_by([](Json& state) { row(state, "offers")["agent"] = 99; }),
              Contains(HasSubstr("its agent is there")));
  EXPECT_THAT(broken_by([](Json& state) { row(state, "offers")["member"] = 99; }),
              Contains(HasSubstr("its member is there")));
  EXPECT_THAT(broken_by([](Json& state) { row(state, "agents")["offer"] = 99; }),
              Contains(HasSubstr("its agent is in it")));
  EXPECT_THAT(broken_by([](Json& state) { row(state, "agents")["offer"] = 99; }),
              Contains(HasSubstr("its offer is there")));
  EXPECT_THAT(broken_by([](Json& state) { row(state, "members")["offers"] = {99}; }),
              Contains(HasSubstr("its offers are there")));
}

TEST_F(Invariants, TellAMemberInTheWrongState) {
  const auto with_state = [this](MemberState state) {
    return broken_by(
        [&](Json& saved) { row(saved, "members")["state"] = static_cast<int>(state); });
  };

  EXPECT_THAT(with_state(MemberState::Waiting), Contains(HasSubstr("nobody rings for one who")));
  EXPECT_THAT(with_state(MemberState::Answered), Contains(HasSubstr("is tried, or talks")));
  EXPECT_THAT(with_state(MemberState::Abandoned), Contains(HasSubstr("who went has an instant")));
}

TEST_F(Invariants, TellAMemberWithoutWhatItsStateNeeds) {
  const auto changed = [this](const char* field, const Json& value) {
    return broken_by([&](Json& saved) { row(saved, "members")[field] = value; });
  };

  EXPECT_THAT(changed("leg", 0), Contains(HasSubstr("who is here has a leg")));
  EXPECT_THAT(changed("connecting", 99), Contains(HasSubstr("one of its own")));
  EXPECT_THAT(changed("offers", Json::array()), Contains(HasSubstr("its member knows it")));
  EXPECT_THAT(changed("offers", Json::array()), Contains(HasSubstr("somebody rings for one")));
}

TEST_F(Invariants, TellATierOfNobody) {
  EXPECT_THAT(broken_by([](Json& state) { state["agents"] = Json::array(); }),
              Contains(HasSubstr("its agent and queue are there")));
}

TEST_F(Invariants, NameNoMoreThanAnybodyReads) {
  const auto broken = broken_by([](Json& state) {
    Json members = Json::array();
    for (int id = 1000; id < 1100; ++id) {
      Json member = state["members"][1];
      member["key"] = id;
      member["value"]["id"] = id;
      member["value"]["connecting"] = 99;
      members.push_back(member);
    }
    state["members"] = members;
  });

  EXPECT_EQ(broken.size(), 20u);
}

TEST_F(Invariants, IndexesCanBeMadeAnew) {
  engine_.rebuild_indexes(instant_ms(2), out_);

  EXPECT_THAT(engine_.broken_rules(instant_ms(2)), IsEmpty());
  EXPECT_EQ(engine_.member(base::MemberId{999}), nullptr);
  EXPECT_EQ(engine_.offer(base::OfferId{999}), nullptr);
  ASSERT_EQ(engine_.offers().size(), 1u);
}

}  // namespace
}  // namespace queue
