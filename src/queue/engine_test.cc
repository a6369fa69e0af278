#include "queue/engine.h"

#include <gtest/gtest.h>

#include "base/json_archive.h"

namespace queue {
namespace {

using base::instant_ms;

// One queue, some agents, and what the engine said to the last call.
class EngineTest : public testing::Test {
 protected:
  EngineTest() : engine_(1, {.unix_ms_at_origin = 1'700'000'000'000}) {
    settings_.queues.resize(1);
    settings_.queues[0].name = "support";
    engine_.configure(settings_, instant_ms(0), out_);
  }

  void add_agent(const std::string& name, const std::string& queue = "support") {
    engine_.add_agent(name, "Callback", instant_ms(0), out_);
    engine_.set_agent("contact", name, "user/" + name, instant_ms(0), out_);
    engine_.set_agent("status", name, "Available", instant_ms(0), out_);
    engine_.add_tier({.queue = queue, .agent = name, .level = {}, .position = {}}, instant_ms(0),
                     out_);
  }

  void report(const Report& report, std::int64_t at_ms) {
    out_.clear();
    engine_.handle(report, instant_ms(at_ms), out_);
    engine_.check_invariants(instant_ms(at_ms));
  }

  base::MemberId join(std::int64_t at_ms) {
    MemberJoined joined;
    joined.leg = base::LegId{next_leg_ += 2};
    joined.queue = "SUPPORT";
    joined.session_uuid = "caller";
    joined.cid_number = "6001";
    report(joined, at_ms);
    return only<AdmitMember>().member;
  }

  template <class T>
  std::vector<T> all() const {
    std::vector<T> found;
    for (const Command& command : out_) {
      if (const T* one = std::get_if<T>(&command)) found.push_back(*one);
    }
    return found;
  }
  template <class T>
  T only() const {
    const auto found = all<T>();
    EXPECT_EQ(found.size(), 1U) << T::kName;
    return found.empty() ? T{} : found.front();
  }
  // CC-Action of each event, PRESENCE_IN by its force-status.
  std::vector<std::string> actions() const {
    std::vector<std::string> found;
    for (const Announce& announce : all<Announce>()) {
      const bool presence = announce.event.name == "PRESENCE_IN";
      found.emplace_back(announce.event.get(presence ? "force-status" : "CC-Action"));
    }
    return found;
  }

  CallCenterSettings settings_;
  Engine engine_;
  Commands out_;
  std::uint64_t next_leg_ = 1;
};

using Actions = std::vector<std::string>;

TEST_F(EngineTest, CallGoesFromJoinToWrapUpInTheOriginalsOrder) {
  add_agent("ann");

  join(1000);
  EXPECT_EQ(actions(), (Actions{"member-queue-start", "members-count", "Active (1 waiting)",
                                "agent-state-change", "agent-offering"}));
  const StartOffer offer = only<StartOffer>();
  EXPECT_EQ(offer.agent, "ann");
  EXPECT_EQ(offer.contact, "user/ann");

  report(OfferAnswered{.offer = offer.offer, .leg = base::LegId{2}, .leg_uuid = "leg"}, 3000);
  EXPECT_EQ(actions(), (Actions{"bridge-agent-start"}));
  EXPECT_EQ(only<ConnectOffer>().offer, offer.offer);

  report(OfferBridged{.offer = offer.offer}, 3100);
  EXPECT_EQ(actions(), (Actions{"members-count", "Idle", "agent-state-change"}));
  EXPECT_EQ(engine_.find_agent("ann")->uuid, "leg");

  report(BridgeEnded{.offer = offer.offer, .cause = "NORMAL_CLEARING"}, 9100);
  EXPECT_EQ(actions(), (Actions{"bridge-agent-end", "member-queue-end", "agent-state-change"}));
  EXPECT_EQ(only<FinishMember>().member, offer.member);
  EXPECT_EQ(engine_.find_agent("ann")->talk_time, base::Duration(6000));
  EXPECT_TRUE(engine_.members().empty());
}

TEST_F(EngineTest, UnknownQueueRefusesTheMember) {
  MemberJoined joined;
  joined.leg = base::LegId{1};
  joined.queue = "nowhere";

  report(joined, 5);

  EXPECT_EQ(only<RefuseMember>().queue, "nowhere");
  EXPECT_EQ(out_.size(), 1U);
}

TEST_F(EngineTest, RestoredEngineGoesOnAsTheSavedOne) {
  add_agent("ann");
  join(1000);
  const StartOffer offer = only<StartOffer>();

  Engine restored(0, {});
  base::JsonReader reader(base::to_json(engine_));
  reader.item(restored);
  engine_ = std::move(restored);

  report(OfferFailed{.offer = offer.offer, .cause = "USER_BUSY"}, 2000);
  EXPECT_EQ(actions().front(), "bridge-agent-fail");
}

}  // namespace
}  // namespace queue
