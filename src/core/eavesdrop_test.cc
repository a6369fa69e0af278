// The application eavesdrop: whom it takes, what keys change, and how it ends. Each also with the
// core saved and restored before every input.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "core/call_flow_testing.h"

namespace core {
namespace {

using call::HeardBy;
using call::StartEavesdropping;
using call::StopEavesdropping;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Eavesdrop : public CallFlow {
 protected:
  static Configuration with_spies() {
    Configuration configuration = with_agents({"ann"});
    add_extension(configuration, "^spy-(.+)$", {{"answer", ""}, {"eavesdrop", "$1"}, {"park", ""}});
    for (const char* set : {"eavesdrop_whisper_aleg=true", "eavesdrop_whisper_bleg=yes",
                            "eavesdrop_enable_dtmf=false", "eavesdrop_require_group=red"}) {
      const std::string name(std::string_view(set).substr(0, std::string_view(set).find('=')));
      add_extension(configuration, "^" + name + "-(.+)$",
                    {{"answer", ""}, {"set", set}, {"eavesdrop", "$1"}, {"park", ""}});
    }
    // Bob listens while no caller is there for him.
    add_stage_agent(configuration, "bob");
    configuration.call_center.agents.back().type = "uuid-standby";
    configuration.call_center.agents.back().status = queue::AgentStatus::LoggedOut;
    add_extension(configuration, "^bob-(.+)$",
                  {{"set", "res=${callcenter_config(agent set uuid bob ${uuid})}"},
                   {"set", "cc_warning_tone=tone_stream://%(400,0,500)"},
                   {"set", "park_after_bridge=true"},
                   {"answer", ""},
                   {"eavesdrop", "$1"},
                   {"park", ""}});
    return configuration;
  }
  void SetUp() override {
    // Nobody answers until a test wants it.
    static_cast<void>(stage_.api("callcenter_config agent set status ann 'Logged Out'"));
    caller_ = stage_.call("q-support");
    uuid_ = uuid_of_last();
  }
  // Of the leg that was made last.
  std::string uuid_of_last() const {
    std::string uuid;
    for (const Publish& publish : stage_.all<Publish>()) {
      if (publish.event.name == "CHANNEL_CREATE") uuid = publish.event.get("Unique-ID");
    }
    return uuid;
  }
  base::LegId spy(const std::string& uuid, const std::string& extension = "spy") {
    return stage_.call(extension + "-" + uuid, "1001", "Boss");
  }
  HeardBy heard_by() const { return stage_.last<StartEavesdropping>()->heard_by; }
  bool is_parked() const {
    const auto names = stage_.events();
    return std::find(names.begin(), names.end(), "CHANNEL_PARK") != names.end();
  }

  Rehearsal stage_{with_spies(), GetParam()};
  base::LegId caller_;
  std::string uuid_;
};

INSTANTIATE_TEST_SUITE_P(, Eavesdrop, both_persistences(), name_of_persistence);

TEST_P(Eavesdrop, LastsUntilTheLegEndsAndTheDialplanGoesOn) {
  const base::LegId listener = spy(uuid_);

  const auto started = stage_.last<StartEavesdropping>();
  ASSERT_TRUE(started);
  EXPECT_EQ(started->leg, listener);
  EXPECT_EQ(started->watched, caller_);
  EXPECT_EQ(started->heard_by, HeardBy::Nobody);
  EXPECT_FALSE(is_parked());

  stage_.hang_up(caller_);

  EXPECT_EQ(stage_.last<StopEavesdropping>()->leg, listener);
  EXPECT_TRUE(is_parked());
}

TEST_P(Eavesdrop, ThatIsTheLastApplicationEndsTheLegWithIt) {
  stage_.feed(ApiRequested{base::Ticket{900},
                           "originate sofia/internal/1001@127.0.0.1:5070 &eavesdrop(" + uuid_ + ")",
                           ""});
  const base::LegId listener = stage_.last<call::InviteLeg>()->leg;
  stage_.answer(listener);
  EXPECT_EQ(stage_.last<StartEavesdropping>()->watched, caller_);

  stage_.hang_up(caller_);

  EXPECT_EQ(stage_.last<call::HangUpLeg>()->leg, listener);
  EXPECT_EQ(stage_.core().floor(stage_.now()).legs, 0u);
}

TEST_P(Eavesdrop, OfOneWhoHangsUpLeavesTheOtherAlone) {
  const base::LegId listener = spy(uuid_);
  stage_.hang_up(listener);
  EXPECT_EQ(stage_.hears(caller_), kMusic);

  stage_.hang_up(caller_);
  EXPECT_EQ(stage_.core().floor(stage_.now()).legs, 0u);
}

TEST_P(Eavesdrop, KeysSayWhoHearsTheListener) {
  const base::LegId listener = spy(uuid_);

  stage_.press(listener, "2");
  EXPECT_EQ(heard_by(), HeardBy::Watched);
  stage_.press(listener, "1");
  EXPECT_EQ(heard_by(), HeardBy::Other);
  stage_.press(listener, "3");
  EXPECT_EQ(heard_by(), HeardBy::Both);
  stage_.press(listener, "7");
  stage_.press(listener, "3");
  EXPECT_THAT(stage_.all<StartEavesdropping>(), SizeIs(4));
  stage_.press(listener, "0");
  EXPECT_EQ(heard_by(), HeardBy::Nobody);
  EXPECT_EQ(stage_.last<StartEavesdropping>()->watched, caller_);
}

TEST_P(Eavesdrop, TheStarEndsIt) {
  const base::LegId listener = spy(uuid_);

  stage_.press(listener, "*");

  EXPECT_EQ(stage_.last<StopEavesdropping>()->leg, listener);
  EXPECT_TRUE(is_parked());
  EXPECT_EQ(stage_.core().floor(stage_.now()).waiting, 1u);
}

TEST_P(Eavesdrop, TakesNoKeysWhereTheVariableSaysSo) {
  const base::LegId listener = spy(uuid_, "eavesdrop_enable_dtmf");
  stage_.press(listener, "2");
  stage_.press(listener, "*");
  EXPECT_THAT(stage_.all<StartEavesdropping>(), SizeIs(1));
  EXPECT_THAT(stage_.all<StopEavesdropping>(), IsEmpty());
}

TEST_P(Eavesdrop, WhispersFromTheStartWhereAVariableSaysSo) {
  spy(uuid_, "eavesdrop_whisper_aleg");
  EXPECT_EQ(heard_by(), HeardBy::Watched);
  spy(uuid_, "eavesdrop_whisper_bleg");
  EXPECT_EQ(heard_by(), HeardBy::Other);
}

TEST_P(Eavesdrop, OfAGroupTakesOnlyItsLegs) {
  spy(uuid_, "eavesdrop_require_group");
  EXPECT_THAT(stage_.last<LogLine>()->text, HasSubstr("eavesdrop_group"));
  EXPECT_THAT(stage_.all<StartEavesdropping>(), IsEmpty());

  EXPECT_EQ(stage_.api("uuid_setvar " + uuid_ + " eavesdrop_group red"), "+OK\n");
  spy(uuid_, "eavesdrop_require_group");
  EXPECT_THAT(stage_.all<StartEavesdropping>(), SizeIs(1));
}

TEST_P(Eavesdrop, OfNobodyIsRefusedAndTheDialplanGoesOn) {
  for (const char* uuid : {"0b2d1c3e-0000-0000-0000-000000000000", "%n", "all", "ALL"}) {
    stage_.forget();
    spy(uuid);
    EXPECT_THAT(stage_.last<LogLine>()->text, HasSubstr(std::string("eavesdrop ") + uuid + ": "));
    EXPECT_TRUE(is_parked());
  }
  EXPECT_THAT(stage_.all<StartEavesdropping>(), IsEmpty());
}

TEST_P(Eavesdrop, OfOneselfIsRefused) {
  stage_.call("odd");
  const std::string own = uuid_of_last();
  stage_.forget();

  static_cast<void>(stage_.api("uuid_broadcast " + own + " eavesdrop::" + own));

  EXPECT_THAT(stage_.all<StartEavesdropping>(), IsEmpty());
}

TEST_P(Eavesdrop, MakesNoChains) {
  spy(uuid_);
  const std::string listener = uuid_of_last();
  stage_.forget();

  spy(listener);
  EXPECT_THAT(stage_.last<LogLine>()->text, HasSubstr("listens to another"));
  EXPECT_THAT(stage_.all<StartEavesdropping>(), IsEmpty());
}

TEST_P(Eavesdrop, IsOfAsManyAsWant) {
  spy(uuid_);
  spy(uuid_);
  EXPECT_THAT(stage_.all<StartEavesdropping>(), SizeIs(2));

  stage_.hang_up(caller_);

  EXPECT_THAT(stage_.all<StopEavesdropping>(), SizeIs(2));
}

TEST_P(Eavesdrop, GoesOnWhenTheLegsBridgeBeginsAndEnds) {
  const base::LegId listener = spy(uuid_);
  static_cast<void>(stage_.api("callcenter_config agent set status ann Available"));
  const base::LegId agent = stage_.last<call::InviteLeg>()->leg;
  stage_.answer(agent);
  ASSERT_EQ(stage_.hears(caller_), "leg " + std::to_string(agent.value));
  EXPECT_THAT(stage_.all<StopEavesdropping>(), IsEmpty());
  stage_.press(listener, "3");

  stage_.hang_up(agent);

  // The caller has nothing more to run.
  EXPECT_THAT(stage_.all<StopEavesdropping>(), SizeIs(1));
}

TEST_P(Eavesdrop, EndsWhenTheListenerIsSentElsewhere) {
  spy(uuid_);
  const std::string listener = uuid_of_last();

  EXPECT_EQ(stage_.api("uuid_transfer " + listener + " q-sales"), "+OK\n");

  EXPECT_THAT(stage_.all<StopEavesdropping>(), SizeIs(1));
  EXPECT_EQ(stage_.core().floor(stage_.now()).waiting, 2u);
  stage_.hang_up(caller_);
  EXPECT_THAT(stage_.all<StopEavesdropping>(), SizeIs(1));
}

TEST_P(Eavesdrop, EndsByUuidBreak) {
  spy(uuid_);
  static_cast<void>(stage_.api("uuid_break " + uuid_of_last()));
  EXPECT_THAT(stage_.all<StopEavesdropping>(), SizeIs(1));
  EXPECT_TRUE(is_parked());
}

TEST_P(Eavesdrop, EndsWhenTheTwoAreBridged) {
  spy(uuid_);
  const std::string listener = uuid_of_last();

  static_cast<void>(stage_.api("uuid_bridge " + listener + " " + uuid_));

  EXPECT_THAT(stage_.all<StopEavesdropping>(), SizeIs(1));
  EXPECT_THAT(stage_.all<call::BridgeMedia>(), SizeIs(1));
}

// A call of somebody who listens to it, out of the queue's sight.
class StandbyEavesdrop : public Eavesdrop {
 protected:
  void SetUp() override {
    Eavesdrop::SetUp();
    stage_.hang_up(caller_);
    caller_ = stage_.call("odd", "6002");
    bob_ = spy(uuid_of_last(), "bob");
    static_cast<void>(stage_.api("callcenter_config agent set status bob Available"));
    stage_.forget();
    waiting_ = stage_.call("q-support", "6003");
    ASSERT_EQ(stage_.hears(bob_), "tone_stream://%(400,0,500)");
  }
  base::LegId bob_;
  base::LegId waiting_;
};

INSTANTIATE_TEST_SUITE_P(, StandbyEavesdrop, both_persistences(), name_of_persistence);

TEST_P(StandbyEavesdrop, EndsWhenACallerIsBridged) {
  EXPECT_THAT(stage_.all<StopEavesdropping>(), IsEmpty());
  stage_.sound_ends(bob_);

  EXPECT_EQ(stage_.hears(bob_), "leg " + std::to_string(waiting_.value));
  EXPECT_THAT(stage_.all<StopEavesdropping>(), SizeIs(1));
  stage_.hang_up(caller_);
  EXPECT_THAT(stage_.all<StopEavesdropping>(), SizeIs(1));
}

TEST_P(StandbyEavesdrop, GoesOnWhenTheCallerGivesUp) {
  stage_.hang_up(waiting_);
  EXPECT_THAT(stage_.all<StopEavesdropping>(), IsEmpty());
  stage_.press(bob_, "2");
  EXPECT_EQ(heard_by(), HeardBy::Watched);
}

TEST_P(StandbyEavesdrop, IsOverBehindTheWarningWhenTheLegHasEndedMeanwhile) {
  stage_.hang_up(caller_);
  EXPECT_THAT(stage_.all<StopEavesdropping>(), SizeIs(1));
  stage_.hang_up(waiting_);
  EXPECT_TRUE(is_parked());
}

TEST_P(StandbyEavesdrop, SurvivesARestartDuringTheWarning) {
  stage_.restart();
  EXPECT_THAT(stage_.all<StartEavesdropping>(), SizeIs(1));
  stage_.hang_up(bob_);
  stage_.hang_up(caller_);
  EXPECT_THAT(stage_.all<StopEavesdropping>(), IsEmpty());
}

TEST_P(Eavesdrop, SurvivesARestart) {
  const base::LegId listener = spy(uuid_);
  stage_.press(listener, "2");
  stage_.forget();

  stage_.restart();

  const auto again = stage_.all<StartEavesdropping>();
  ASSERT_THAT(again, SizeIs(1));
  EXPECT_EQ(again[0].leg, listener);
  EXPECT_EQ(again[0].watched, caller_);
  EXPECT_EQ(again[0].heard_by, HeardBy::Watched);
  stage_.press(listener, "0");
  EXPECT_EQ(heard_by(), HeardBy::Nobody);
  stage_.hang_up(caller_);
  EXPECT_TRUE(is_parked());
}

TEST_P(Eavesdrop, OfALegThatARestartCannotGiveBackIsOver) {
  // Ann's phone rings and is listened to; after the restart nobody knows whether it still does.
  static_cast<void>(stage_.api("callcenter_config agent set status ann Available"));
  spy(uuid_of_last());
  ASSERT_THAT(stage_.all<StartEavesdropping>(), SizeIs(1));
  stage_.forget();

  stage_.restart();

  EXPECT_THAT(stage_.all<StopEavesdropping>(), SizeIs(1));
  EXPECT_TRUE(is_parked());
}

}  // namespace
}  // namespace core
